import { LARGE } from "../support/camera.mjs";
import { until } from "../support/until.mjs";
import { openDevice, playHub } from "./device.mjs";

/** The dialogs about tokens. */
export async function takeDialogs(studio) {
  const { camera, page, workspace } = studio;
  await camera.setSize(LARGE);
  const freezer = await takeMaking(studio);
  await takeReading(studio, freezer);
  await playHub(studio, "kaa");
  await workspace.call("token.read", { device: (await workspace.deviceCalled("boiler-suspended")).id });
  await openDevice(studio, "boiler-suspended");
  await page.click("button", /revoke…/i);
  await page.see("dialog", /Revoke/);
  await camera.inBothThemes("dialog.revoke");
  await page.press("Escape");
  await page.press("Control+w");
}

async function takeMaking(studio) {
  const { camera, page, workspace } = studio;
  await playHub(studio, "azure");
  const freezer = await workspace.deviceCalled("freezer-1");
  await openDevice(studio, "freezer-1");
  await page.click("button", "Generate token…");
  await page.click("button", "Make and copy");
  await dialogSays(page, "HMAC-SHA256");
  await camera.inBothThemes("dialog.sas-make");
  return freezer;
}

async function takeReading({ camera, page, workspace }, device) {
  const scope = { scope: "device", device: device.id };
  const made = await workspace.call("sas.make", { scope, end: { end: "after", seconds: 3_600 }, exit: "reveal" });
  await page.click("radio", "Read one");
  await typeSecret(page, made.token.text);
  await dialogSays(page, "HMAC-SHA256");
  await camera.inBothThemes("dialog.sas-read");
  await page.press("Escape");
}

/** Waits until the dialog shows this text. */
export function dialogSays(page, text) {
  return until(`the dialog says "${text}"`, () => page.evaluate((wanted) => document.querySelector("[role=dialog]")?.innerText.includes(wanted), text));
}

/** Types into a secret of the dialog, the first or the one at this place; a masked field has no role to be found by. */
export async function typeSecret(page, text, at = 0) {
  await page.evaluate((place) => document.querySelectorAll("[role=dialog] input[type=password]")[place].focus(), at);
  await page.type(text);
}
