import { until } from "./until.mjs";

/** A list that opens moves into its place; a press that came too early leaves it open. */
const CLOSES = 3_000;

/** Chooses from a list of the page that opens on a press. */
export async function choose(page, list, option) {
  await page.click("combobox", list);
  await until(`${option} is chosen`, async () => {
    await page.click("option", option);
    return until("the list is closed", () => page.evaluate(() => document.querySelector("[role=combobox][aria-expanded=true]") === null), CLOSES);
  });
}
