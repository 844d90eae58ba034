import { LARGE, TALL } from "../support/camera.mjs";
import { makeCertificate } from "../support/certificates.mjs";
import { end, firstLine, start } from "../support/children.mjs";
import { startRelay } from "../support/relay.mjs";
import { until } from "../support/until.mjs";
import { CREDENTIALS, STATUS, openDevice, playHub, takeCards } from "./device.mjs";

const KEY = { kind: "shared_access_key", sign_with: "primary", sas: { lifetime: 3_600, auto_renew: true } };
const OWN = { kind: "x509", trust: "itself" };
/** A key of nobody: 32 bytes in base64. */
const NOBODYS = "cGljdHVyZXMtb2YtbmV3LWtleXMtYXJlLW5vdC1rZXk=";
/** The device with a ready-made token, and the seconds that it lives; in the last tenth of them the widget warns. */
const ENDING = "press-6";
const SHORT_LIFE = 240;

/** The token widget in each of its states. All of them come about as they do for a user. */
export async function takeTokens(studio) {
  await takeSas(studio);
  await takeCertificates(studio);
  await takeFailedRenewal(studio);
  await takeEndless(studio);
  await takeEndpoints(studio);
}

const takeStatus = (studio, name, state) => takeCards(studio, name, `token.${state}`, [STATUS]);

async function takeSas(studio) {
  const { camera, workspace } = studio;
  await playHub(studio, "azure");
  const [freezer, retired] = await Promise.all(["freezer-1", "retired-1"].map(workspace.deviceCalled));
  await camera.setSize(TALL);
  await takeStatus(studio, "gateway-1", "unused");
  await workspace.connect(retired);
  await takeStatus(studio, "retired-1", "unknown");
  await workspace.connect(freezer);
  await takeStatus(studio, "freezer-1", "active");
  await workspace.call("token.renew", { device: freezer.id });
  await workspace.tokenUntil("the token is renewed", freezer, ({ form }) => (form.last?.gap ?? null) !== null);
  await takeStatus(studio, "freezer-1", "renewed");
  await takeDevice(studio, freezer);
}

/** Gives the device a token that was made elsewhere and ends soon. */
async function giveReadyMade(workspace, hub, id) {
  const device = await workspace.addDevice(hub, ENDING, KEY, { id, secrets: { primary_key: NOBODYS } });
  const made = await workspace.call("sas.make", { scope: { scope: "device", device: device.id }, end: { end: "after", seconds: SHORT_LIFE }, exit: "reveal" });
  return workspace.addDevice(hub, ENDING, { kind: "sas_token" }, { id: device.id, secrets: { token: made.token.text } });
}

async function takeReadyMade(studio, hub) {
  await giveReadyMade(studio.workspace, hub);
  await takeCards(studio, ENDING, "form.azure-sas-token", [CREDENTIALS, STATUS]);
}

/** The ready-made token shortly before its end, and after it; a new one, since the walk takes its time in between. */
export async function takeEnding(studio) {
  const { workspace } = studio;
  const { id, hub } = await workspace.deviceCalled(ENDING);
  const device = await giveReadyMade(workspace, { id: hub }, id);
  const stateIs = (wanted) => workspace.tokenUntil(`a token that is ${wanted}`, device, ({ state }) => state === wanted, 1_500 * SHORT_LIFE);
  await stateIs("expiring");
  await takeStatus(studio, ENDING, "expiring");
  const { state } = await workspace.call("token.status", { device: device.id });
  if (state !== "expiring") throw new Error("the token ended before its pictures were taken");
  await stateIs("expired");
  await takeStatus(studio, ENDING, "expired");
}

/** The whole page of a connected device. */
async function takeDevice(studio, device) {
  const { camera, workspace } = studio;
  await openDevice(studio, device.name);
  for (let at = 0; at < 12; at += 1) {
    const text = JSON.stringify({ temperature: -18 - at / 10, humidity: 48 + at, door: at % 4 === 0 ? "open" : "closed" });
    const topic = `devices/${device.client_id}/messages/events/`;
    await workspace.call("session.publish", { device: device.id, topic, payload: { encoding: "text", text }, qos: 1, retain: false });
  }
  await camera.setSize(LARGE);
  await camera.inAllLooks("device.azure");
  await studio.page.press("Control+w");
  await camera.setSize(TALL);
}

async function takeCertificates(studio) {
  const { workspace, folder } = studio;
  const hub = await workspace.addHub("azure_iot_hub", "Plant north", "plant-north.azure-devices.net", 8883);
  for (const [name, days, state] of [["press-4", 400, "certificate"], ["press-5", 12, "certificate-expiring"]]) {
    await workspace.addDevice(hub, name, OWN, { certificate: makeCertificate(folder, name, days) });
    await takeStatus(studio, name, state);
  }
  await takeReadyMade(studio, hub);
}

/** A hub that no longer answers when the token is to be renewed. */
async function takeFailedRenewal(studio) {
  const { workspace } = studio;
  const sandbox = start(process.env.HUBSCOPE_CLI, ["sandbox", "--personality", "azure"]);
  const line = JSON.parse(await firstLine(sandbox, (text) => text.startsWith("{") && text));
  const relay = await startRelay(Number(line.mqtts.split(":").at(-1)));
  try {
    const hub = await workspace.addHub("azure_iot_hub", "Plant south", "localhost", relay.port, { ca: line.ca_file });
    const given = line.devices.find(({ id }) => id === "freezer-1").connection_string;
    const primary_key = /SharedAccessKey=([^;]+)/.exec(given)[1];
    const device = await workspace.addDevice(hub, "cold-room-3", KEY, { clientId: "freezer-1", secrets: { primary_key } });
    await workspace.connect(device);
    await until("the first use is noted", async () => (await workspace.call("token.history", { device: device.id })).events.length > 1);
    relay.refuseNew();
    await workspace.call("token.renew", { device: device.id });
    await workspace.tokenUntil("the renewal failed", device, ({ form }) => (form.last?.error ?? null) !== null);
    await takeStatus(studio, "cold-room-3", "renewal-failed");
    await workspace.call("session.disconnect", { device: device.id });
  } finally {
    relay.end();
    await end(sandbox);
  }
}

async function takeEndless(studio) {
  await playHub(studio, "thingsboard");
  await studio.workspace.connect(await studio.workspace.deviceCalled("valve-1"));
  await takeStatus(studio, "valve-1", "endless");
}

/** Kaa's own states. */
async function takeEndpoints(studio) {
  const { camera, page, workspace } = studio;
  await playHub(studio, "kaa");
  for (const [name, state] of [["boiler-new", "endpoint-unused"], ["boiler-1", "endpoint-active"], ["boiler-suspended", "suspended"], ["boiler-revoked", "revoked"]]) {
    const device = await workspace.deviceCalled(name);
    await workspace.call("token.read", { device: device.id });
    await takeStatus(studio, name, state);
  }
  await camera.setSize(LARGE);
  await openDevice(studio, "boiler-suspended");
  await camera.inBothThemes("device.kaa");
  await page.press("Control+w");
  await camera.setSize(TALL);
}
