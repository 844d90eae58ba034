import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { callEngine } from "./engine.mjs";
import { until } from "./until.mjs";

const FOLDER = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
/** The usual size, and one in which panes fold. */
export const LARGE = [1440, 900];
const SMALL = [1024, 700];

/** Takes pictures of the real window in its looks. */
export function makeCamera({ page, driver }, screen) {
  mkdirSync(FOLDER, { recursive: true });

  const call = (name, request) => callEngine(driver, name, request);

  async function setTheme(theme) {
    const settings = await call("settings.get", {});
    await call("settings.set", { ...settings, theme });
    await until(`the ${theme} theme`, async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === theme);
  }

  async function setSize(width, height) {
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    await until(`a window ${width} wide`, () => page.evaluate((wanted) => window.innerWidth === wanted, width));
  }

  /** Two frames later everything that changed is painted; the display gets it a moment after that. */
  async function settled() {
    await driver.executeAsyncScript("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 400)));");
  }

  async function picture(name, [width, height] = LARGE) {
    await settled();
    const file = `${FOLDER}${name}.png`;
    execFileSync("import", ["-window", "root", "-crop", `${width}x${height}+0+0`, "+repage", "-strip", file], {
      env: { ...process.env, DISPLAY: screen.display },
    });
    console.log(file);
  }

  async function inSizes(name, sizes) {
    for (const [size, suffix] of sizes) {
      await setSize(...size);
      for (const theme of ["light", "dark"]) {
        await setTheme(theme);
        await picture(`${name}.${theme}${suffix}`, size);
      }
    }
    await setSize(...LARGE);
    await setTheme("light");
  }

  return {
    call,
    picture,
    inBothThemes: (name) => inSizes(name, [[LARGE, ""]]),
    inAllLooks: (name) => inSizes(name, [[LARGE, ""], [SMALL, ".small"]]),
  };
}
