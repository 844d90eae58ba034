import { LARGE } from "../support/camera.mjs";
import { makeCertificate } from "../support/certificates.mjs";

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
  await page.click("button", /^Add a hub$/);
  await page.click("menuitem", /^Paste/);
  await page.fill("textbox", "Pasted text", text);
}

async function takePolicyQuestion(studio) {
  const { camera, page } = studio;
  await paste(studio, policy("service"));
  await page.click("button", /^Add hub/);
  await page.see("treeitem", /plant-west/);
  await page.press("Escape");
  await paste(studio, policy("iothubowner"));
  await page.see("radio", /Replace/);
  await camera.inBothThemes("paste.policy");
  await page.click("button", "Clear");
}

async function takeHubTokens({ camera, page }) {
  await page.click("treeitem", /^plant-west/);
  await page.press("Shift+F10");
  await page.click("menuitem", /SAS token/);
  await page.see("dialog", /SAS/);
  await page.click("button", "Make and copy");
  await camera.inBothThemes("dialog.hub-sas");
  await page.press("Escape");
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

async function takePresets({ camera, page }) {
  await page.press("Control+n");
  await page.fill("textbox", "Host", "mqtt.white-label.example");
  await page.click("button", "Save as preset…");
  await page.fill("textbox", "Preset name", "White label");
  await camera.inBothThemes("presets.save");
  await page.click("button", "Save preset");
  await page.click("combobox", "Start from");
  await page.click("option", "White label");
  await page.see("button", /Remove the preset/);
  await camera.inBothThemes("presets.own");
  await page.click("button", /Remove the preset/);
  await page.see("button", "Undo");
  await camera.inBothThemes("presets.removed");
  await page.press("Escape");
}
