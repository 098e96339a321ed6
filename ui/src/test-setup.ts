// What jsdom lacks and components use. Only for tests.
import { afterEach, vi } from "vitest";

if (typeof HTMLDialogElement !== "undefined" && !("showModal" in HTMLDialogElement.prototype && HTMLDialogElement.prototype.showModal)) {
  const proto = HTMLDialogElement.prototype as HTMLDialogElement;
  proto.showModal = function show(this: HTMLDialogElement) {
    this.setAttribute("open", "");
  };
  proto.close = function close(this: HTMLDialogElement) {
    this.removeAttribute("open");
    this.dispatchEvent(new Event("close"));
  };
}

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as unknown as MediaQueryList;

afterEach(() => {
  location.hash = "";
});
