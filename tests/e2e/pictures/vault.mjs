import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LARGE } from "../support/camera.mjs";
import { chooseInDialog } from "../support/dialog.mjs";
import { typeSecret } from "./dialogs.mjs";

const PASSPHRASE = "a passphrase for pictures";

/** Settings, export and import, and the unlock screen, under a passphrase. */
export async function takeVault(studio) {
  const { camera, page, workspace } = studio;
  await camera.setSize(LARGE);
  await workspace.call("vault.set_passphrase", { current: null, new: PASSPHRASE });
  await page.click("button", "Settings");
  await page.see("heading", /^Vault$/);
  await camera.inBothThemes("settings");
  await takeExport(studio);
  await takeImport(studio);
  await workspace.call("vault.lock", {});
  await page.see("button", /Unlock/);
  await camera.inBothThemes("vault-locked");
  await workspace.call("vault.unlock", { passphrase: PASSPHRASE });
}

const FILE = "plants";

async function takeExport(studio) {
  const { camera, page, screen, folder } = studio;
  await page.click("button", "Export…");
  await page.click("radio", "Encrypted");
  await typeSecret(page, PASSPHRASE);
  await typeSecret(page, PASSPHRASE, 1);
  await camera.inBothThemes("dialog.export");
  await page.click("radio", "Left out");
  await chooseInDialog(screen, () => page.click("button", /^Export$/), join(folder, FILE), "Save");
  await page.see("button", "Close");
  await page.press("Escape");
}

/** The same file comes back after a device got another name and a hub went. */
async function takeImport(studio) {
  const { camera, page, screen, workspace, folder } = studio;
  const { hubs } = await workspace.call("tree.get", {});
  await workspace.call("hub.delete", { hub: hubs.find(({ name }) => name === "Plant south").id });
  const { credential_set, ...press } = await workspace.deviceCalled("press-5");
  await workspace.call("device.save", { ...press, name: "press-5 (spare)", secrets: [], certificate: { change: "keep" } });
  // The system's dialog may keep its own ending behind the name that was typed.
  const file = readdirSync(folder).find((name) => name.startsWith(FILE));
  await page.click("button", "Import…");
  await chooseInDialog(screen, () => page.click("button", "Choose file…"), join(folder, file), "Choose a file to import");
  await page.see("button", "Another file…");
  await camera.inBothThemes("dialog.import");
  await page.press("Escape");
}
