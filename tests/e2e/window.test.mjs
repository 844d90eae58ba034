import { after, before, test } from "node:test";
import { startBroker } from "./support/broker.mjs";
import { chooseInDialog } from "./support/dialog.mjs";
import { callEngine } from "./support/engine.mjs";
import { makeHome, unlockKeyring } from "./support/home.mjs";
import { startNotifications } from "./support/notifications.mjs";
import { startScreen } from "./support/screen.mjs";
import { beToldOfEnds, copySecret } from "./support/secrets.mjs";
import * as walk from "./support/walk.mjs";
import { openWindow } from "./support/window.mjs";

const PASSWORD = "Jx9-planted-password-of-the-lab";

let home, screen, keyring, notifications, window, broker;

const call = (name, request) => callEngine(window.driver, name, request);

before(async () => {
  home = makeHome();
  screen = await startScreen(1440, 900);
  keyring = await unlockKeyring(home);
  notifications = await startNotifications();
  broker = await startBroker(home.path, { user: "bench", password: PASSWORD });
  window = await openWindow(home, screen);
  await window.page.evaluate(walk.watchPolicy);
});

after(async () => {
  await window?.close();
  await broker?.end();
  await notifications?.end();
  await keyring?.end();
  await screen?.end();
  home?.remove();
});

test("from the first page to live rows", () => walk.startSandbox(window.page));

test("filter, open a message, read it", () => walk.filterAndOpen(window.page));

test("publish and see it come back", () =>
  walk.publish(window.page, "devices/thermo-a/commands/set", '{"interval": 7}'));

test("a pasted command connects to a real broker with TLS and a password", async () => {
  await walk.pasteCommand(window.page, broker, (open) => chooseInDialog(screen, open, broker.ca));
  await walk.talkWithStrangers(window.page, broker);
  await walk.assertHidden(window.page, PASSWORD);
});

test("the secret is locked by the system's store", () => window.page.see("button", /OS keychain/));

test("a copied secret is on the clipboard and not in its history", () => copySecret(call, screen, PASSWORD));

test("a certificate that ends soon is told on the desktop, once", () => beToldOfEnds(call, broker, notifications.shown));

test("the policy held", () => walk.assertPolicyHeld(window.page));
