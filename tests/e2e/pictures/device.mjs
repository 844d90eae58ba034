/** The cards of a device's left column. */
export const CREDENTIALS = "Credentials";
export const STATUS = "Token status";

/** Opens a device's page from the tree; among many hubs its row may be out of sight until it is searched. */
export async function openDevice({ page }, name) {
  const search = !(await page.evaluate(hasRow, name));
  if (search) await filterDevices(page, name);
  await page.click("treeitem", new RegExp(`^${name},`));
  await page.press("Enter");
  await page.see("heading", new RegExp(name));
  if (search) await filterDevices(page, "");
}

/** Opens the menu of a hub's row (a click would add the first device); among many it is out of sight, so the tree is left filtered. */
export async function openHubMenu({ driver, page }, name) {
  await filterDevices(page, name);
  await driver.actions().contextClick(await page.see("treeitem", new RegExp(`^${name}(?!-)`))).perform();
}

/** What the tree shows; all with an empty text. */
export async function filterDevices(page, text) {
  await page.fill("textbox", "Filter devices", text);
}

/** Runs in the page. */
function hasRow(name) {
  return [...document.querySelectorAll("[role=treeitem]")].some((row) => row.getAttribute("aria-label")?.startsWith(`${name},`));
}

/** Starts the sandbox in this personality, and answers its hub. */
export async function playHub({ workspace }, personality) {
  const { hub } = await workspace.call("sandbox.start", { personality });
  return { id: hub };
}

/** Opens a device, takes some of its cards, and closes its tab again. */
export async function takeCards(studio, name, picture, titles) {
  await openDevice(studio, name);
  await studio.camera.cards(picture, titles);
  await studio.page.press("Control+w");
}
