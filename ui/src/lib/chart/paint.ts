// Paints stacked bars on a canvas, at the screen's own resolution. Reads colors from the tokens, so that both themes
// and forced colors come out right. Draws when told to; keeps nothing.
import type { Bins, Stacks } from "./bins";

export interface Scene {
  bins: Bins;
  stacks: Stacks;
  /** CSS variables of the series, in the order of the stacks. */
  colors: readonly string[];
  /** First day shown and the day after the last. */
  low: number;
  high: number;
}

/** Where a day lies across the chart, 0 to 1. */
export function share(day: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (day - low) / (high - low))) : 0;
}

export function paint(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext("2d");
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (!context || width === 0 || height === 0) return;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const lefts = edgesAcross(scene, width);
  const { counts, bins, peak } = scene.stacks;
  const levels = new Float64Array(bins);
  scene.colors.forEach((color, line) => {
    context.fillStyle = style.getPropertyValue(color).trim() || "#888";
    for (let bin = 0; bin < bins; bin++) {
      const count = counts[line * bins + bin] ?? 0;
      if (count === 0) continue;
      bar(context, lefts, bin, levels, (count / peak) * (height - ratio), height, ratio);
    }
  });
}

/** One series' part of one bar: whole pixels, a gap to the next bar, and never thinner than can be seen. */
function bar(
  context: CanvasRenderingContext2D, lefts: Int32Array, bin: number, levels: Float64Array, tall: number, height: number, ratio: number,
): void {
  const left = lefts[bin] ?? 0;
  const room = (lefts[bin + 1] ?? left) - left;
  const gap = room >= 3 * ratio ? Math.round(ratio) : 0;
  const below = levels[bin] ?? 0;
  const above = Math.max(below + tall, below === 0 ? ratio : 0);
  levels[bin] = above;
  const top = Math.round(height - above);
  context.fillRect(left, top, Math.max(1, room - gap), Math.round(height - below) - top);
}

function edgesAcross(scene: Scene, width: number): Int32Array {
  return scene.bins.edges.map((day) => Math.round(share(day, scene.low, scene.high) * width));
}
