// Starts the window: which backend, then the shell. Mode `mock` takes its options from the query of the page.
const violations: string[] = [];
Object.assign(window, { __cspViolations: violations });
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});

import { mount } from "svelte";
import "./app.css";
import { provide } from "./ipc";
import App from "./shell/App.svelte";
import { applyAppearance } from "./shell/appearance";

async function backendOf() {
  if (import.meta.env.MODE === "mock") {
    const { createFake, optionsFrom } = await import("./ipc/fake");
    const fake = createFake(optionsFrom(new URLSearchParams(location.search)));
    Object.assign(window, { __fake: fake });
    return fake;
  }
  return (await import("./ipc/tauri")).tauri;
}

applyAppearance("system", 100);
const target = document.getElementById("app");
if (!target) throw new Error("no #app");
await provide(await backendOf());
mount(App, { target });
