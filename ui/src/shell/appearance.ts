// Theme and text size of the whole window. They are preferences of the core; the page only carries them.

const dark = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");
let wanted = "system";

function paint(): void {
  const theme = wanted === "system" ? (dark?.matches ? "dark" : "light") : wanted;
  document.documentElement.dataset.theme = theme === "dark" ? "dark" : "light";
}

dark?.addEventListener("change", paint);

/** `system`, `light` or `dark`; text size in percent, 100 to 200. */
export function applyAppearance(appearance: string, textSize: number): void {
  wanted = appearance;
  const size = Math.min(200, Math.max(100, textSize || 100));
  document.documentElement.style.fontSize = `${String(0.875 * size)}%`;
  paint();
}
