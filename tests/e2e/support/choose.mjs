import { until } from "./until.mjs";

/** Milliseconds. What opens moves into its place, and closes again when the window's menu bar changes meanwhile: it is pressed anew. */
const SOON = 3_000;

/** Chooses from a list that opens on a press. */
export async function choose(page, list, option) {
  await until(`${option} is chosen`, async () => {
    if (!(await page.evaluate(isListOpen))) await page.click("combobox", list);
    await page.click("option", option, SOON);
    return until("the list is closed", async () => !(await page.evaluate(isListOpen)), SOON);
  });
}

/** Chooses from the menu of a button. */
export async function chooseFromMenu(page, button, item) {
  await until(`${item} is chosen`, async () => {
    if (!(await page.evaluate(isMenuOpen))) await page.click("button", button);
    await page.click("menuitem", item, SOON);
    return true;
  });
}

/** Both run in the page. */
const isListOpen = () => document.querySelector("[role=combobox][aria-expanded=true]") !== null;
const isMenuOpen = () => document.querySelector("[role=menu]") !== null;
