import { execFileSync } from "node:child_process";
import { LARGE, SMALL } from "../support/camera.mjs";
import { until } from "../support/until.mjs";
import { openDevice, playHub } from "./device.mjs";

const [SMALLEST, NARROW] = [[900, 600], SMALL];
const DEVICES = ["thermo-a", "thermo-b", "door-1", "pump-1", "faulty-1"];

/** Palette, tabs, settings, text sizes and narrow windows. */
export async function takeComfort(studio) {
  const { camera, page, workspace } = studio;
  await playHub(studio, "broker");
  for (const name of DEVICES) await openDevice(studio, name);
  await openDevice(studio, "thermo-a");
  await workspace.connect(await workspace.deviceCalled("thermo-a"));
  await camera.setSize(LARGE);
  await takePalette(studio);
  await takeSettings(studio);
  await takeScales(studio);
  await takeNarrow(studio);
  for (const _ of DEVICES) await page.press("Control+w");
}

async function takePalette({ camera, page }) {
  await page.press("Control+k");
  await page.see("combobox", "Command palette");
  await page.type("ther");
  await camera.inBothThemes("palette");
  await page.press("Escape");
}

async function takeSettings({ camera, page }) {
  await page.press("Control+,");
  await page.see("heading", /^Keyboard$/);
  await camera.inAllLooks("settings.top");
  await page.press("F1");
  await camera.inBothThemes("settings.keyboard");
  await page.press("Control+1");
}

/** 90, 130 and 200 %; rows, panes and dialogs follow, and what has no room is stacked. */
async function takeScales({ camera, page, workspace }) {
  const zoomed = (percent) =>
    until(`a page at ${percent} %`, () => page.evaluate((width) => Math.abs(window.innerWidth - width) < 2, (LARGE[0] * 100) / percent));
  const set = async (part) => workspace.call("settings.set", { ...(await workspace.call("settings.get", {})), ...part });
  for (const [font_scale, density] of [[90, "compact"], [130, "comfortable"]]) {
    await set({ font_scale, density });
    await zoomed(font_scale);
    await camera.inBothThemes(`scale.${font_scale}`);
  }
  await set({ font_scale: 100, density: "compact" });
  await zoomed(100);
  for (const theme of ["light", "dark"]) {
    await camera.setTheme(theme);
    await workspace.call("window.look", { zoom: 200, theme, language: "en" });
    await zoomed(200);
    await camera.picture(`zoom.200.${theme}`);
  }
  await workspace.call("window.look", { zoom: 100, theme: "system", language: "en" });
  await zoomed(100);
}

async function takeNarrow({ camera }) {
  for (const [name, size] of [["smallest", SMALLEST], ["narrow", NARROW]]) {
    await camera.setSize(size);
    await camera.inBothThemes(`window.${name}`);
  }
  await camera.setSize(LARGE);
}

/** A window for the messages of one device. The last of the walk: the driver would close its page alone and leave an empty window above the first. */
export async function takeWindows({ camera, driver, screen, workspace }) {
  const first = await driver.getWindowHandle();
  const { id } = await workspace.deviceCalled("thermo-a");
  await workspace.call("window.open", { device: id, part: "messages" });
  const xdotool = (...args) => execFileSync("xdotool", args, { env: { ...process.env, DISPLAY: screen.display } }).toString().trim();
  const found = () => xdotool("search", "--onlyvisible", "--name", "^thermo-a").split("\n")[0];
  const window = await until("the other window", found);
  xdotool("windowfocus", "--sync", window);
  const handles = await driver.getAllWindowHandles();
  await driver.switchTo().window(handles.find((handle) => handle !== first));
  await until("its messages", () => driver.executeScript("return document.querySelectorAll('[role=row]').length > 3"));
  await camera.picture("window.messages", () => geometry(xdotool, window));
  await driver.switchTo().window(first);
}

async function geometry(xdotool, window) {
  const lines = xdotool("getwindowgeometry", "--shell", window).split("\n").map((line) => line.split("="));
  const { X, Y, WIDTH, HEIGHT } = Object.fromEntries(lines);
  return [X, Y, WIDTH, HEIGHT].map(Number);
}
