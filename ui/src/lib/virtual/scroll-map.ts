// Where a very tall list stands inside a scroll box that cannot be that tall. Pure arithmetic, no DOM.
// Engines stop at about 17 to 33 million px and compositors lose half pixels above 8 million, so the spacer is capped.
// Two coordinates: `top` is the place in the list as it would be (virtual px), `scroll` the box's scrollTop (real px).
// Surprising: the map is 1:1 near both ends and compressed between, so that a wheel step near an end never overshoots it.

/** Tallest spacer that is asked of the engine. */
export const SPACER_CAP = 8_000_000;

/** Fixed relation between the two coordinates for one list height and one viewport height. */
export class ScrollMap {
  /** Height of the spacer in real px. */
  readonly height: number;
  readonly maxTop: number;
  readonly maxScroll: number;
  readonly capped: boolean;
  readonly #edge: number;

  constructor(readonly total: number, readonly viewport: number, cap = SPACER_CAP) {
    this.height = Math.min(total, Math.max(cap, viewport * 8));
    this.maxTop = Math.max(0, total - viewport);
    this.maxScroll = Math.max(0, this.height - viewport);
    this.capped = this.maxTop > this.maxScroll;
    this.#edge = Math.floor(this.maxScroll / 8);
  }

  toTop(scroll: number): number {
    const s = clamp(scroll, this.maxScroll);
    if (!this.capped) return s;
    const edge = this.#edge;
    if (s <= edge) return s;
    if (s >= this.maxScroll - edge) return this.maxTop - (this.maxScroll - s);
    return edge + ((s - edge) / (this.maxScroll - 2 * edge)) * (this.maxTop - 2 * edge);
  }

  toScroll(top: number): number {
    const t = clamp(top, this.maxTop);
    if (!this.capped) return t;
    const edge = this.#edge;
    if (t <= edge) return t;
    if (t >= this.maxTop - edge) return this.maxScroll - (this.maxTop - t);
    return edge + ((t - edge) / (this.maxTop - 2 * edge)) * (this.maxScroll - 2 * edge);
  }
}

/**
 * The moving part: follows the box's scrollTop. Small steps move the list by exactly that many px (so wheels and
 * touch feel as in a short list); large ones (dragging the scrollbar) land at that fraction of the list. In between
 * the two coordinates may drift apart; `settle` brings the scrollbar back in line when the hand rests.
 * `base` (virtual minus real) stays put while scrolling and is whole, so that rows are neither moved nor blurred.
 */
export class Scroller {
  scroll = 0;
  base = 0;

  constructor(public map: ScrollMap) {}

  /** Where the list stands. */
  get top(): number {
    return clamp(this.scroll + this.base, this.map.maxTop);
  }

  /** Largest step that counts as scrolling rather than as dragging the scrollbar. */
  get reach(): number {
    return this.map.viewport * 4;
  }

  /** The box scrolled. Answers whether the scrollbar must be settled at once: it ran out before the list did. */
  scrolled(scroll: number): boolean {
    const step = scroll - this.scroll;
    if (step === 0) return false;
    this.scroll = scroll;
    if (!this.map.capped || Math.abs(step) > this.reach) {
      this.base = Math.round(this.map.toTop(scroll) - scroll);
      return false;
    }
    this.#hold();
    const barEnds = scroll <= 0 || scroll >= this.map.maxScroll;
    return barEnds && Math.abs(this.map.toScroll(this.top) - scroll) > 1;
  }

  /** At the list's own ends the list stands still, whatever the scrollbar does. */
  #hold(): void {
    const at = this.scroll + this.base;
    if (at < 0 || at > this.map.maxTop) this.base = clamp(at, this.map.maxTop) - this.scroll;
  }

  /** Moves the list; answers the scrollTop that belongs to it. */
  goTo(top: number): number {
    const at = clamp(top, this.map.maxTop);
    this.base = Math.round(at - this.map.toScroll(at));
    this.scroll = at - this.base;
    return this.scroll;
  }

  /** The scrollTop that the box should have for the place where the list stands. */
  settle(): number {
    return this.goTo(this.top);
  }

  /** Boxes round what they are given: says which scrollTop was really taken. */
  taken(scroll: number): void {
    this.scroll = scroll;
  }
}

/** First and last row (inclusive) that a viewport at `top` touches, with `over` rows more on both sides. */
export function rowWindow(top: number, viewport: number, row: number, count: number, over: number): [number, number] {
  if (count === 0) return [0, -1];
  const first = Math.max(0, Math.floor(top / row) - over);
  const last = Math.min(count - 1, Math.ceil((top + viewport) / row) - 1 + over);
  return [Math.min(first, last), last];
}

/** The `top` that brings row `index` into view, moving as little as possible; `margin` is kept free above it. */
export function topFor(index: number, top: number, viewport: number, row: number, margin: number): number {
  const at = index * row;
  if (at < top + margin) return Math.max(0, at - margin);
  if (at + row > top + viewport) return at + row - viewport;
  return top;
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
