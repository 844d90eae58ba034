import { once } from "node:events";
import { createServer } from "node:http";
import { startBroker } from "../support/broker.mjs";
import { LARGE } from "../support/camera.mjs";
import { freePort } from "../support/ports.mjs";
import { until } from "../support/until.mjs";
import { filterDevices, openDevice, openHubMenu, playHub } from "./device.mjs";
import { dialogSays } from "./dialogs.mjs";

const LOGIN = { user: "bench", password: "three-brown-ladders-r4t" };

/** Diagnose of a device in each kind of trouble and in none, what it asks, and the trust in a hub's form. */
export async function takeDiagnose(studio) {
  const { camera, folder } = studio;
  await camera.setSize(LARGE);
  const broker = await startBroker(folder, LOGIN);
  const web = createServer().listen(0, "127.0.0.1");
  await once(web, "listening");
  try {
    await takeUnknownCa(studio, broker);
    await takeRefusals(studio, broker, web.address().port);
    await takePassed(studio);
  } finally {
    web.close();
    await broker.end();
  }
}

/** A hub on this machine with a device that signs in; the certificate of the broker is for localhost and 127.0.0.1. */
async function addDevice({ workspace }, name, port, { ca = null, password = LOGIN.password, host = "localhost", connection } = {}) {
  const hub = await workspace.addHub("mqtt_broker", name, host, port, { ca, connection });
  return workspace.addDevice(hub, `${name}-bench`, { kind: "basic", user_name: LOGIN.user }, { secrets: { password } });
}

async function diagnose(studio, { name }, ends) {
  const { page } = studio;
  await openDevice(studio, name);
  await page.press("Control+d");
  await dialogSays(page, ends);
}

async function leave({ page }) {
  await page.press("Escape");
  await until("the dialog is gone", () => page.evaluate(() => document.querySelector("[role=dialog]") === null));
}

async function takeUnknownCa(studio, broker) {
  const { camera, page, workspace } = studio;
  const device = await addDevice(studio, "unknown-ca", broker.port);
  await diagnose(studio, device, "Stopped at step 4");
  await camera.inAllLooks("diagnose.unknown-ca");
  await page.click("button", /^Connect once/);
  await page.see("button", "Connect without checking");
  await camera.inBothThemes("dialog.connect-once");
  await page.press("Escape");
  await page.click("button", /^Trust this CA for this hub/);
  await page.see("button", "Trust this CA");
  await camera.inBothThemes("dialog.trust-ca");
  await page.press("Escape");
  await leave(studio);
  await takeTrust(studio);
  await workspace.call("session.connect_once", { device: device.id, send_credentials: true });
  await page.see("tab", /server not checked/);
  await camera.inBothThemes("device.unverified");
  await workspace.call("session.disconnect", { device: device.id });
  await page.press("Control+w");
}

/** The trust of the hub whose device is open, through its form. */
async function takeTrust(studio) {
  const { camera, page } = studio;
  await openHubMenu(studio, "unknown-ca");
  await page.click("menuitem", /^Edit/);
  await page.see("dialog", /Edit unknown-ca/);
  await page.click("button", "Fetch server's certificate…");
  await page.see("button", /^Trust Lab CA/);
  await camera.inBothThemes("dialog.fetched-chain");
  await page.click("button", /^Trust Lab CA/);
  await page.see("button", /^Remove Lab CA/);
  await camera.inBothThemes("dialog.hub-trust");
  await leave(studio);
  await filterDevices(page, "");
}

async function takeRefusals(studio, broker, webPort) {
  const { camera, page } = studio;
  const otherName = { path: "/mqtt", socket: "", alpn: [], address: { host: "127.0.0.1", port: broker.port }, proxy: { choice: "none" } };
  const troubles = [
    ["unknown-name", broker.port, { host: "mqtt.nowhere.invalid" }, "Stopped at step 1"],
    ["refused-port", await freePort(), {}, "Stopped at step 2"],
    ["web-server", webPort, {}, "Stopped at step 3"],
    ["host-name", broker.port, { ca: broker.ca, host: "host-name.acme.example", connection: otherName }, "Stopped at step 5"],
    ["client-certificate", broker.certificatePort, { ca: broker.ca }, "Stopped at step 6"],
    ["credential", broker.port, { ca: broker.ca, password: "another" }, "Stopped at step 7"],
  ];
  for (const [name, port, wanted, ends] of troubles) {
    await diagnose(studio, await addDevice(studio, name, port, wanted), ends);
    await camera.inBothThemes(`diagnose.${name}`);
    await leave(studio);
    await page.press("Control+w");
  }
}

/** All steps passed, and compared with a run that failed. */
async function takePassed(studio) {
  const { camera, page, workspace } = studio;
  await playHub(studio, "broker");
  await diagnose(studio, await workspace.deviceCalled("thermo-b"), "All steps passed");
  await camera.inBothThemes("diagnose.passed");
  await leave(studio);
  await page.press("Control+w");
}
