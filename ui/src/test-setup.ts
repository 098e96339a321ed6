// What jsdom lacks and components use. Only for tests.
import { configure } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8000 });

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
