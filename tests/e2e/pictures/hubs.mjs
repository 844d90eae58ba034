import { LARGE } from "../support/camera.mjs";
import { makeCertificate } from "../support/certificates.mjs";
import { choose } from "../support/choose.mjs";
import { until } from "../support/until.mjs";
import { filterDevices, openHubMenu } from "./device.mjs";

const KEY = "cGljdHVyZXMtb2YtbmV3LWtleXMtYXJlLW5vdC1rZXk=";
const policy = (name) => `HostName=plant-west.azure-devices.net;SharedAccessKeyName=${name};SharedAccessKey=${KEY}`;

/** What is asked when something is pasted onto a hub that is there, and what a hub keeps beside its devices. */
export async function takeHubs(studio) {
  const { camera } = studio;
  await camera.setSize(LARGE);
  await takePolicyQuestion(studio);
  await takeHubTokens(studio);
  await takePem(studio);
  await takePresets(studio);
}

async function paste({ page }, text) {
  await page.press("Control+k");
  await page.see("combobox", "Command palette");
  await page.type("paste connection");
  await page.press("Enter");
  await page.see("textbox", "Pasted text");
  await page.evaluate(pasteOnPage, text);
}

/** Runs in the page: a paste beside all fields, as after a look at the page only. */
function pasteOnPage(text) {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement?.blur();
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

async function leaveDialog({ page }) {
  await page.press("Escape");
  await until("the dialog is gone", () => page.evaluate(() => document.querySelector("[role=dialog]") === null));
}

async function takePolicyQuestion(studio) {
  const { camera, page } = studio;
  await paste(studio, policy("service"));
  await page.click("button", /^Add hub/);
  // A hub alone goes on to its first device.
  await page.see("dialog", /device/i);
  await leaveDialog(studio);
  await page.click("button", "Clear");
  await paste(studio, policy("iothubowner"));
  await page.see("radio", /Replace/);
  await camera.inBothThemes("paste.policy");
  await page.click("button", "Clear");
}

async function takeHubTokens(studio) {
  const { camera, page } = studio;
  await openHubMenu(studio, "plant-west");
  await page.click("menuitem", /SAS token/);
  await page.see("dialog", /SAS/);
  await page.click("button", "Make and copy");
  await camera.inBothThemes("dialog.hub-sas");
  await leaveDialog(studio);
  await filterDevices(page, "");
}

async function takePem(studio) {
  const { camera, page, workspace, folder } = studio;
  const files = makeCertificate(folder, "valve-7", 400);
  await workspace.addHub("mqtt_broker", "mqtt.lab", "mqtt.lab.acme.example", 8883);
  await paste(studio, `${files.certificate.text}\n${files.key.text}`);
  await page.see("combobox", /hub/i);
  await camera.inBothThemes("paste.pem");
  await page.click("button", "Clear");
}

async function takePresets(studio) {
  const { camera, page } = studio;
  await page.click("button", /^ThingsBoard/);
  await page.fill("textbox", "Host", "mqtt.white-label.example");
  await page.click("button", "Save as preset…");
  await page.fill("textbox", "Preset name", "White label");
  await camera.inBothThemes("presets.save");
  await page.click("button", "Save preset");
  await page.see("button", "Save as preset…");
  await choose(page, "Start from", "White label");
  await page.see("button", /Remove the preset/);
  await camera.inBothThemes("presets.own");
  await page.click("button", /Remove the preset/);
  await page.see("button", "Undo");
  await camera.inBothThemes("presets.removed");
  await leaveDialog(studio);
}
