/** Pictures of the real window for docs/pictures, in both themes, and once with the pseudo-locale. */
import { LARGE, makeCamera } from "./support/camera.mjs";
import { takeCredentials, takeVault } from "./support/credential-pictures.mjs";
import { makeHome, unlockKeyring } from "./support/home.mjs";
import { startScreen } from "./support/screen.mjs";
import * as walk from "./support/walk.mjs";
import { openWindow } from "./support/window.mjs";

const home = makeHome();
const screen = await startScreen(...LARGE);
const keyring = await unlockKeyring(home);
const window = await openWindow(home, screen);
const { page, driver } = window;
const camera = makeCamera(window, screen);

try {
  await page.see("heading", "No hubs yet");
  await camera.inAllLooks("first-run");
  await walk.startSandbox(page);
  await walk.publish(page, "devices/thermo-a/commands/set", '{"interval": 7, "unit": "celsius"}');
  await page.click("row", /telemetry/);
  await page.press("Enter");
  await camera.inAllLooks("device");
  await takeCredentials(page, camera);
  await takeVault(page, camera);
  await driver.get("tauri://localhost/?locale=pseudo");
  await page.click("treeitem", /thermo-a/);
  await page.press("Enter");
  await camera.picture("device.pseudo-locale");
} finally {
  await window.close();
  await keyring.end();
  await screen.end();
  home.remove();
}
