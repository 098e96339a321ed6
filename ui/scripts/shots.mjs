// Pictures of every screen from the mock build, light and dark, in the sizes that people have. Fails when the page
// broke its content security policy, logged an error, or a page is wider than the window.
//   node scripts/shots.mjs FOLDER [name-part] [--axe]
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

const [folder, part = ""] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const withAxe = process.argv.includes("--axe");
if (!folder) {
  console.error("shots: give a folder for the pictures");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const SIZES = { wide: { width: 1280, height: 800 }, small: { width: 900, height: 600 } };
const press = (testid) => (page) => page.getByTestId(testid).first().click();

/** Drops archives of these names, which decide what the fake finds in them, and waits until all were looked at. */
const drop = (...names) => async (page) => {
  await page.evaluate((all) => globalThis.__fake.parts.services.drop(all.map((name) => ({ token: name, name, bytes: 48_300_000 }))), names);
  await page.waitForFunction((n) => document.querySelectorAll("[data-testid=import-item]:is([data-stage=checked], [data-stage=failed])").length === n, names.length);
};
/** The same, let in; `stage` is waited for. */
const importing = (stage, ...names) => async (page) => {
  await drop(...names)(page);
  await page.getByTestId("import-begin").click();
  await page.waitForFunction((at) => document.querySelector(`[data-testid=import-item][data-stage=${at}]`), stage, { timeout: 15_000 });
};

/** Every screen: a query for the fake, an address, and what to do before the picture. */
const SCREENS = [
  { name: "first-run", query: "phase=first-run" },
  { name: "first-run-no-keyring", query: "phase=first-run&keyring=0", act: press("door-services") },
  { name: "unlock", query: "phase=locked" },
  { name: "fault", query: "phase=fault" },
  { name: "services", hash: "services" },
  { name: "services-empty", hash: "services", query: "records=0" },
  { name: "service", hash: "services/spotify" },
  { name: "service-holds", hash: "services/spotify?tab=holds", act: (page) => page.getByTestId("tab-holds").click({ timeout: 1500 }).catch(() => undefined) },
  { name: "guide", hash: "services/spotify/data", query: "records=0" },
  { name: "guide-asked", hash: "services/spotify/data", query: "requests=all" },
  { name: "todo", hash: "todo", query: "requests=all" },
  { name: "todo-waiting", hash: "todo", query: "requests=waiting&recovery=1" },
  { name: "todo-overdue", hash: "todo", query: "requests=overdue" },
  { name: "todo-ready", hash: "todo", query: "requests=ready", act: (page) => page.getByText("1 done").click() },
  { name: "todo-empty", hash: "todo", query: "records=0" },
  { name: "todo-listed", hash: "todo", query: "records=0&listed=1" },
  { name: "recovery-write", hash: "settings/recovery" },
  { name: "recovery-check", hash: "settings/recovery", act: press("recovery-written") },
  { name: "recovery-passphrase", hash: "settings/recovery", query: "keyring=0" },
  { name: "way-passphrase", hash: "settings/passphrase", query: "keyring=0&recovery=1" },
  { name: "way-remove", hash: "settings", query: "recovery=1", act: press("way-remove") },
  { name: "way-rotate", hash: "settings", query: "recovery=1", act: async (page) => { await page.getByText("New key", { exact: true }).click(); await press("rotate")(page); } },
  { name: "unlock-recovery", query: "phase=locked&recovery=1", act: press("unlock-recovery") },
  { name: "text-200-todo", hash: "todo", query: "requests=all&text=200" },
  { name: "timeline", hash: "timeline" },
  { name: "timeline-million", hash: "timeline", query: "records=1000000" },
  { name: "timeline-empty", hash: "timeline", query: "records=0" },
  { name: "profile", hash: "profile" },
  { name: "profile-saved", hash: "profile", act: press("profile-save") },
  { name: "profile-empty", hash: "profile", query: "records=0" },
  { name: "log", hash: "log", act: press("log-verify") },
  { name: "settings", hash: "settings" },
  { name: "import-choose", hash: "services", act: (page) => page.getByRole("button", { name: "Import an export" }).click() },
  { name: "import-check", hash: "services", act: drop("my_spotify_data.zip") },
  { name: "import-check-warns", hash: "services", act: drop("part family netflix.zip") },
  { name: "import-check-asks", hash: "services", act: drop("other list netflix.csv") },
  { name: "import-check-huge", hash: "services", act: drop("huge \u05d3\u05d5\u05d7 \u05d0\u05d9\u05e9\u05d9 Datenschutzgrundverordnungsauskunftsexportarchiv.zip") },
  { name: "import-check-many", hash: "services", act: async (page) => { await drop("many.zip")(page); await page.getByRole("button", { name: /unknown to/ }).click(); } },
  { name: "import-check-several", hash: "services", act: drop("my_spotify_data.zip", "broken.zip", "either.zip", "nothing.zip") },
  { name: "import-reading", hash: "services", act: importing("reading", "my_spotify_data.zip", "netflix.zip") },
  { name: "import-result", hash: "services", act: importing("ended", "my_spotify_data.zip") },
  { name: "import-result-huge", hash: "services", act: importing("ended", "huge netflix.zip") },
  { name: "import-drop", hash: "services", act: (page) => page.evaluate(() => { globalThis.__fake.parts.services.drag(true); }) },
  { name: "import-arrived", hash: "services", act: (page) => page.evaluate(() => { globalThis.__fake.parts.services.arrive("netflix-report.zip", "netflix"); }) },
  { name: "text-200-import", hash: "services", query: "text=200", act: drop("part family netflix.zip") },
  { name: "sample", hash: "log", query: "sample=1" },
  { name: "text-200-profile", hash: "profile", query: "text=200" },
  { name: "text-200-settings", hash: "settings", query: "text=200" },
  { name: "text-200-service", hash: "services/spotify", query: "text=200" },
  { name: "text-200-timeline", hash: "timeline", query: "text=200" },
];

async function accessible(page) {
  await page.evaluate(readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).slice(0, 3).join(" | ")}`);
}

async function shoot(browser, base, screen, theme, size) {
  const page = await browser.newPage({ viewport: SIZES[size], reducedMotion: "reduce", locale: "en-US" });
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  const query = [screen.query, `theme=${theme}`].filter(Boolean).join("&");
  await page.goto(`${base}?${query}${screen.hash ? `#/${screen.hash}` : ""}`);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(300);
  await screen.act?.(page);
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(folder, `${screen.name}-${theme}-${size}.png`) });
  faults.push(...(await page.evaluate(() => globalThis.__cspViolations)).map((v) => `CSP: ${v}`));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) faults.push(`${String(over)} px wider than the window`);
  if (withAxe) faults.push(...(await accessible(page)));
  await page.close();
  return faults;
}

await build({ mode: "mock", logLevel: "warn" });
const server = await preview({ mode: "mock", preview: { port: 0, host: "127.0.0.1" } });
const { port } = server.httpServer.address();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let failed = 0;
for (const screen of SCREENS.filter(({ name }) => name.includes(part))) {
  for (const theme of ["light", "dark"]) {
    for (const size of Object.keys(SIZES)) {
      const faults = await shoot(browser, `http://127.0.0.1:${String(port)}/`, screen, theme, size).catch((error) => [String(error.message)]);
      if (faults.length > 0) console.log(`${screen.name} ${theme} ${size}\n  ${faults.join("\n  ")}`);
      failed += faults.length;
    }
  }
}
await browser.close();
await server.close();
process.exit(failed > 0 ? 1 : 0);
