// The parts that other tests do not reach by themselves: groups of radios, buttons, dialogs and their kin.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible } from "../test-axe";
import Button from "./Button.svelte";
import Dialog from "./Dialog.svelte";
import Foreign from "./Foreign.svelte";
import Tabs from "./Tabs.svelte";
import Toasts from "./Toasts.svelte";
import { toasts } from "./toasts.svelte";
import Tri from "./Tri.svelte";

const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));
const OPTIONS = [{ value: "on", label: "Leave on" }, { value: "undecided", label: "Not decided" }, { value: "off", label: "Off" }] as const;

describe("a group of three", () => {
  it("shows the value it is given and asks for another without taking it", async () => {
    const onchange = vi.fn();
    const { container, rerender } = render(Tri<"on" | "undecided" | "off">, { legend: "Training AI", value: "undecided", options: OPTIONS, onchange });
    const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
    expect(radio("Not decided").checked).toBe(true);
    await fireEvent.click(radio("Off"));
    expect(onchange).toHaveBeenCalledExactlyOnceWith("off");
    await vi.waitFor(() => { expect(radio("Not decided").checked).toBe(true); });
    expect(radio("Off").checked).toBe(false);
    await rerender({ value: "off" });
    expect(radio("Off").checked).toBe(true);
    expect(screen.getByRole("radiogroup", { name: "Training AI" })).toBeTruthy();
    await expectAccessible(container);
  });
});

describe("a button", () => {
  it("keeps its name while busy and ignores presses", async () => {
    const onclick = vi.fn();
    render(Button, { busy: true, onclick, children: text("Save") });
    await fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(onclick).not.toHaveBeenCalled();
  });
});

describe("a dialog", () => {
  it("gives the focus back to where it was", () => {
    const before = document.body.appendChild(document.createElement("button"));
    before.focus();
    const { unmount } = render(Dialog, { title: "Sure?", onclose: vi.fn(), children: text("x") });
    screen.getByRole("button", { name: "Close" }).focus();
    unmount();
    expect(document.activeElement).toBe(before);
    before.remove();
  });

  it("closes with Escape unless something must be answered", async () => {
    const onclose = vi.fn();
    const { rerender } = render(Dialog, { title: "Sure?", onclose, children: text("x") });
    await fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
    expect(onclose).toHaveBeenCalledOnce();
    await rerender({ holds: true });
    await fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
    expect(onclose).toHaveBeenCalledOnce();
  });
});

describe("tabs", () => {
  it("move with the arrows and go round", async () => {
    const onchange = vi.fn();
    render(Tabs<string>, { id: "x", label: "Parts", tabs: [{ value: "a", label: "A" }, { value: "b", label: "B" }], value: "a", onchange });
    await fireEvent.keyDown(screen.getByRole("tab", { name: "A" }), { key: "ArrowLeft" });
    expect(onchange).toHaveBeenLastCalledWith("b");
    expect(screen.getByRole("tab", { name: "B" }).tabIndex).toBe(-1);
  });
});

describe("toasts", () => {
  it("are told to screen readers, undo once, and go away by themselves unless looked at", async () => {
    vi.useFakeTimers();
    const undo = vi.fn();
    render(Toasts);
    toasts.show("Off at Spotify", { undo });
    toasts.show("Second");
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByRole("status").textContent).toContain("Off at Spotify");
    await fireEvent.pointerEnter(screen.getByRole("status"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.getAllByTestId("toast")).toHaveLength(2);
    await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
    await fireEvent.pointerLeave(screen.getByRole("status"));
    await vi.advanceTimersByTimeAsync(10_001);
    expect(screen.queryAllByTestId("toast")).toHaveLength(0);
    vi.useRealTimers();
  });
});

describe("foreign text", () => {
  it("is never markup", () => {
    const { container } = render(Foreign, { text: "<img src=x onerror=alert(1)>\u202E" });
    expect(container.querySelector("img")).toBeNull();
    expect(container.querySelector("bdi")?.textContent).toBe("<img src=x onerror=alert(1)>\u2039U+202E\u203a");
  });
});
