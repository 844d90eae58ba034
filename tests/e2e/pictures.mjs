/** Pictures of the real window in both themes, for docs/pictures; beside the papers' own where those are. */
import { takeCertificates, takeNoCertificates } from "./pictures/certificates.mjs";
import { takeComfort, takeWindows } from "./pictures/comfort.mjs";
import { takeContrast } from "./pictures/contrast.mjs";
import { takeDamagedVault } from "./pictures/damaged.mjs";
import { takeDiagnose } from "./pictures/diagnose.mjs";
import { takeDialogs } from "./pictures/dialogs.mjs";
import { takeForms } from "./pictures/forms.mjs";
import { takeHubs } from "./pictures/hubs.mjs";
import { layBeside } from "./pictures/sheets.mjs";
import { takeEnding, takeTokens } from "./pictures/tokens.mjs";
import { takeTraffic } from "./pictures/traffic.mjs";
import { takeVault } from "./pictures/vault.mjs";
import { takeWays } from "./pictures/ways.mjs";
import { takeFirstRun, takeMessages } from "./pictures/windows.mjs";
import { TALL, makeCamera } from "./support/camera.mjs";
import { makeHome, unlockKeyring } from "./support/home.mjs";
import { startScreen } from "./support/screen.mjs";
import { openWindow } from "./support/window.mjs";
import { openWorkspace } from "./support/workspace.mjs";

const home = makeHome();
const screen = await startScreen(...TALL);
const keyring = await unlockKeyring(home);
const window = await openWindow(home, screen);
const { page, driver } = window;
const camera = makeCamera(window, screen);
const workspace = openWorkspace(camera.call);
const studio = { page, driver, screen, camera, workspace, folder: home.path };

/** One part of the walk; when it fails, it says which one it was. */
async function take(what, walk) {
  console.log(`> ${what}`);
  try {
    await walk(studio);
  } catch (error) {
    // A window that is gone has no picture.
    const seen = await camera.failure().catch(({ message }) => message);
    throw new Error(`pictures of ${what}: ${error.message}; ${seen}`, { cause: error });
  }
}

try {
  await take("no certificates", takeNoCertificates);
  await take("the first run", takeFirstRun);
  await take("live messages", takeMessages);
  await take("tokens", takeTokens);
  await take("forms", takeForms);
  await take("dialogs", takeDialogs);
  await take("ways and properties", takeWays);
  await take("diagnose and trust", takeDiagnose);
  await take("traffic", takeTraffic);
  await take("what hubs ask", takeHubs);
  await take("certificates", takeCertificates);
  await take("comfort", takeComfort);
  await take("a token that ends", takeEnding);
  await take("the vault", takeVault);
  await take("the system's colours", takeContrast);
  await take("further windows", takeWindows);
  await window.close();
  await take("a damaged vault", () => takeDamagedVault(home, screen));
} finally {
  await window.close();
  await keyring.end();
  await screen.end();
  home.remove();
}
layBeside();
