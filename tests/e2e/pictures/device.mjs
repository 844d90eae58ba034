/** The cards of a device's left column. */
export const CREDENTIALS = "Credentials";
export const STATUS = "Token status";

/** Opens a device's page from the tree. */
export async function openDevice({ page }, name) {
  await page.click("treeitem", new RegExp(`^${name},`));
  await page.press("Enter");
  await page.see("heading", new RegExp(name));
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
