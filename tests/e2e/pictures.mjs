/** Pictures of the real window for docs/pictures, in both themes and two sizes, and once with the pseudo-locale. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeHome, unlockKeyring } from "./support/home.mjs";
import { startScreen } from "./support/screen.mjs";
import { until } from "./support/until.mjs";
import * as walk from "./support/walk.mjs";
import { openWindow } from "./support/window.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
/** The usual size, and one in which panes fold. */
const LARGE = [1440, 900];
const SMALL = [1024, 700];

mkdirSync(FOLDER, { recursive: true });
const home = makeHome();
const screen = await startScreen(...LARGE);
const keyring = await unlockKeyring(home);
const window = await openWindow(home, screen);
const { page, driver } = window;

/** Calls the engine as the page does. */
function call(name, request) {
  return driver.executeAsyncScript(
    `const [name, request, done] = arguments; window.__TAURI_INTERNALS__.invoke("rpc", { name, request }).then(done, done);`,
    name,
    request,
  );
}

async function setTheme(theme) {
  const settings = await call("settings.get", {});
  await call("settings.set", { ...settings, theme });
  await until(`the ${theme} theme`, async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === theme);
}

async function setSize(width, height) {
  await driver.manage().window().setRect({ x: 0, y: 0, width, height });
  const fits = () => page.evaluate((wanted) => window.innerWidth === wanted, width);
  await until(`a window ${width} wide`, fits);
}

/** Two frames later everything that changed is painted; the display gets it a moment after that. */
async function settled() {
  await driver.executeAsyncScript("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 400)));");
}

async function picture(name, [width, height]) {
  await settled();
  const file = `${FOLDER}${name}.png`;
  execFileSync("import", ["-window", "root", "-crop", `${width}x${height}+0+0`, "+repage", "-strip", file], {
    env: { ...process.env, DISPLAY: screen.display },
  });
  console.log(file);
}

async function inAllLooks(name) {
  for (const [size, suffix] of [[LARGE, ""], [SMALL, ".small"]]) {
    await setSize(...size);
    for (const theme of ["light", "dark"]) {
      await setTheme(theme);
      await picture(`${name}.${theme}${suffix}`, size);
    }
  }
  await setSize(...LARGE);
  await setTheme("light");
}

try {
  await page.see("heading", "No hubs yet");
  await inAllLooks("first-run");
  await walk.startSandbox(page);
  await walk.publish(page, "devices/thermo-a/commands/set", '{"interval": 7, "unit": "celsius"}');
  await page.click("row", /telemetry/);
  await page.press("Enter");
  await inAllLooks("device");
  await driver.get("tauri://localhost/?locale=pseudo");
  await page.click("treeitem", /thermo-a/);
  await page.press("Enter");
  await picture("device.pseudo-locale", LARGE);
} finally {
  await window.close();
  await keyring.end();
  await screen.end();
  home.remove();
}
