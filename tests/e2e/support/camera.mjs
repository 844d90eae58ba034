import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { callEngine } from "./engine.mjs";
import { until } from "./until.mjs";

/** Where the project's pictures are kept. */
export const PICTURES = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
/** The usual size, one in which panes fold, and one in which the whole left column of a device can be seen. */
export const LARGE = [1440, 900];
export const TALL = [1440, 1600];
export const SMALL = [1024, 700];

/** Pixels around the cards of a picture that shows only them. */
const MARGIN = 8;

/** Takes pictures of the real window in its looks. */
export function makeCamera({ page, driver }, screen) {
  mkdirSync(`${PICTURES}de`, { recursive: true });

  const call = (name, request) => callEngine(driver, name, request);

  async function setTheme(theme) {
    const settings = await call("settings.get", {});
    await call("settings.set", { ...settings, theme });
    await until(`the ${theme} theme`, async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === theme);
  }

  async function setSize(size) {
    const [width, height] = size;
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    await until(`a window of ${width} by ${height}`, async () => (await windowArea()).every((side, at) => side === [0, 0, width, height][at]));
  }

  /** Runs xdotool on this screen. */
  const xdotool = (...args) => execFileSync("xdotool", args, { env: { ...process.env, DISPLAY: screen.display } }).toString();

  /** The app's first window on the screen, with its menu bar: left, top, width, height. */
  async function windowArea() {
    const ids = xdotool("search", "--onlyvisible", "--class", "hubscope").trim().split("\n");
    const areas = ids.map((id) => Object.fromEntries(xdotool("getwindowgeometry", "--shell", id).trim().split("\n").map((line) => line.split("="))));
    const first = areas.reduce((largest, area) => (area.WIDTH * area.HEIGHT > largest.WIDTH * largest.HEIGHT ? area : largest));
    return [first.X, first.Y, first.WIDTH, first.HEIGHT].map(Number);
  }

  /** The page's own area is below the menu bar and may be zoomed; `area` is in its pixels. */
  async function onScreen([left, top, width, height]) {
    const [x, y, windowWidth, windowHeight] = await windowArea();
    const [pageWidth, pageHeight] = await page.evaluate(() => [window.innerWidth, window.innerHeight]);
    const zoom = windowWidth / pageWidth;
    const menu = windowHeight - Math.round(pageHeight * zoom);
    return [x + left * zoom, y + menu + top * zoom, width * zoom, height * zoom].map(Math.round);
  }

  /** Two frames later everything that changed is painted; the display gets it a moment after that. */
  async function settled() {
    await driver.executeAsyncScript("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 400)));");
  }

  /** `area` is what of the window is kept; a palette is enough for it, and a quarter of the size. */
  async function picture(name, area = windowArea) {
    await settled();
    const [left, top, width, height] = await area();
    const file = `${PICTURES}${name}.png`;
    const cut = ["-crop", `${width}x${height}+${left}+${top}`, "+repage", "-strip"];
    execFileSync("import", ["-window", "root", ...cut, "+dither", "-colors", "255", `png8:${file}`], {
      env: { ...process.env, DISPLAY: screen.display },
    });
    console.log(file);
  }

  async function setLanguage(language) {
    const settings = await call("settings.get", {});
    await call("settings.set", { ...settings, language });
    await until(`the language ${language}`, async () => (await page.evaluate(() => document.documentElement.lang)) === language);
  }

  /** The German picture lies in a folder of its own, by the same name. What has no room there is said. */
  async function inBothThemes(name, { suffix = "", area } = {}) {
    for (const theme of ["light", "dark"]) {
      await setTheme(theme);
      const file = `${name}.${theme}${suffix}`;
      await picture(file, area);
      await setLanguage("de");
      await picture(`de/${file}`, area);
      const cut = await page.evaluate(cutTexts);
      if (cut.length > 0) console.log(`cut off in German: ${cut.join(" | ")}`);
      await setLanguage("en");
    }
    // What is clicked next stands where it will stay.
    await settled();
  }

  async function inAllLooks(name) {
    await inBothThemes(name);
    await setSize(SMALL);
    await inBothThemes(name, { suffix: ".small" });
    await setSize(LARGE);
    await settled();
  }

  /** Only the cards with these titles, which stand below one another. */
  async function cards(name, titles) {
    const places = await page.evaluate(cardPlaces, titles);
    await inBothThemes(name, { area: async () => onScreen(await page.evaluate(cardsArea, places, MARGIN)) });
  }

  /** What was to be seen when something failed, outside of the project's pictures; answers its file. */
  async function failure() {
    const file = fileURLToPath(new URL("../../../target/pictures/failed.png", import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(await driver.takeScreenshot(), "base64"));
    return file;
  }

  return { call, setSize, setTheme, picture, failure, inBothThemes, inAllLooks, cards };
}

/** Runs in the page: which of the cards have these titles. */
function cardPlaces(titles) {
  const headings = [...document.querySelectorAll("h2")];
  const places = titles.map((title) => headings.findIndex((heading) => heading.textContent === title));
  if (places.includes(-1)) throw new Error(`no card ${titles.join(" or ")}`);
  return places;
}

/** Runs in the page: texts of controls and headings that their boxes cut, without the names of users' things. */
function cutTexts() {
  const parts = document.querySelectorAll("button, label, legend, h1, h2, h3, [role=tab], [role=radio], [role=columnheader], th");
  const seen = (part) => part.clientWidth > 0 && getComputedStyle(part).visibility === "visible";
  const cut = [...parts].filter((part) => seen(part) && part.scrollWidth > part.clientWidth + 1);
  return cut.map((part) => part.textContent.trim()).filter((text) => text !== "");
}

/** Runs in the page: the smallest area with all of these cards. */
function cardsArea(places, margin) {
  const headings = document.querySelectorAll("h2");
  const boxes = places.map((place) => headings[place].closest("section").getBoundingClientRect());
  const left = Math.floor(Math.min(...boxes.map((box) => box.left))) - margin;
  const top = Math.floor(Math.min(...boxes.map((box) => box.top))) - margin;
  const right = Math.ceil(Math.max(...boxes.map((box) => box.right))) + margin;
  const bottom = Math.ceil(Math.max(...boxes.map((box) => box.bottom))) + margin;
  return [left, top, right - left, Math.min(bottom, window.innerHeight) - top];
}
