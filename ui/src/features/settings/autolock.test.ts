// Locking by itself: what is offered, that quick changes all count, and what is said where the system tells nothing.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type FakeOptions } from "../../ipc/fake";
import AutoLock from "./AutoLock.svelte";

async function shown(options: FakeOptions = {}) {
  const fake = createFake(options);
  await provide(fake);
  render(AutoLock);
  await screen.findByTestId("auto-lock");
  return fake;
}

describe("locking by itself", () => {
  it("keeps all of three changes that follow each other faster than they are answered", async () => {
    const fake = await shown({ delay: 15 });
    await fireEvent.click(screen.getByLabelText("Before this computer sleeps"));
    await fireEvent.click(screen.getByLabelText("When the screen is locked"));
    await fireEvent.click(screen.getByRole("radio", { name: "Never" }));
    await vi.waitFor(() => { expect(fake.world.lock).toEqual({ idle_minutes: 0, on_sleep: false, on_screen_lock: false }); });
  });

  it("says that only the button locks where the system tells nothing", async () => {
    await shown();
    expect(screen.queryByTestId("auto-lock-unheard")).toBeNull();
    await shown({ heard: false });
    expect(screen.getByTestId("auto-lock-unheard").textContent).toContain("only the button locks");
  });
});
