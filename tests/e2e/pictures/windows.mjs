import { LARGE } from "../support/camera.mjs";
import * as walk from "../support/walk.mjs";

const PASTED = `mosquitto_pub -h mqtt.lab.acme.example -p 8883 --cafile lab-ca.pem -i bench-client-1
  -u bench -P 'three-brown-ladders-r4t' -t lab/bench -q 1 -m '{"ok":true}'`;

/** The page before there is a hub, empty and with pasted text. */
export async function takeFirstRun({ page, camera }) {
  await page.see("heading", "No hubs yet");
  await camera.setSize(LARGE);
  await camera.inAllLooks("first-run");
  await page.fill("textbox", "Pasted text", PASTED);
  await page.see("button", "Add hub and device");
  // Once the field is left, what was understood is marked in the text, and the password is masked.
  await page.press("Tab");
  await camera.inBothThemes("first-run.paste");
  await page.click("button", "Clear");
}

/** A device of the sandbox with live messages, one of them open. */
export async function takeMessages({ page, driver, camera }) {
  await walk.startSandbox(page);
  await walk.publish(page, "devices/thermo-a/commands/set", '{"interval": 7, "unit": "celsius"}');
  await page.click("row", /telemetry/);
  await page.press("Enter");
  await camera.inAllLooks("device");
  await driver.get("tauri://localhost/?locale=pseudo");
  await page.click("treeitem", /thermo-a/);
  await page.press("Enter");
  await camera.picture("device.pseudo-locale");
  await driver.get("tauri://localhost/");
  await page.see("treeitem", /thermo-a/);
}
