import { chromium } from "playwright-core";
import { PICTURES } from "../support/camera.mjs";
import { end, firstLine, start } from "../support/children.mjs";
import { makeHome } from "../support/home.mjs";
import { browserPage } from "../support/page.mjs";
import * as walk from "../support/walk.mjs";

/** The system's own colours, which only a browser can be asked for, and a page without motion. */
export async function takeContrast() {
  const home = makeHome();
  const shell = start(process.env.HUBSCOPE_CLI, ["serve"], { ...home.variables, HUBSCOPE_VAULT: "memory" });
  const browser = await chromium.launch({ executablePath: process.env.HUBSCOPE_CHROMIUM, args: ["--no-sandbox"] });
  try {
    const url = await firstLine(shell, (line) => line.startsWith("http://127.0.0.1:") && line);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, forcedColors: "active", reducedMotion: "reduce" });
    await page.goto(url);
    await walk.startSandbox(browserPage(page));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await takeScreens(page, colorScheme);
    }
  } finally {
    await browser.close();
    await end(shell);
    home.remove();
  }
}

async function takeScreens(page, theme) {
  const take = async (name) => {
    const path = `${PICTURES}forced-colours.${name}.${theme}.png`;
    await page.screenshot({ path });
    console.log(path);
  };
  await take("device");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command palette" }).fill("ther");
  await take("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Command palette" }).waitFor({ state: "hidden" });
  await page.keyboard.press("Alt+n");
  await page.getByRole("dialog").waitFor();
  await take("dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("Control+,");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await take("settings");
  await page.keyboard.press("Control+1");
}
