import { makeCertificate } from "../support/certificates.mjs";
import { CREDENTIALS, STATUS, playHub, takeCards } from "./device.mjs";

const SAS = { lifetime: 3_600, auto_renew: true };
/** Keys of nobody: 32 bytes in base64. */
const KEYS = { primary_key: "cGljdHVyZXMtb2YtbmV3LWtleXMtYXJlLW5vdC1rZXk=", secondary_key: "YW5vdGhlci1rZXktb2Ytbm9ib2R5LWF0LWFsbC0xMjM=" };
const [PASSWORD, TOKEN] = ["three-brown-ladders-r4t", "Jq0vT2m8XfLw4ZrC1aHd"];
const basic = (user_name) => ({ kind: "basic", user_name });
const endpoint = (user_name) => ({ kind: "endpoint_token", app_version: "c9k2m4d8q-v1", endpoint_id: null, user_name });

/** The form of each kind of credential, of every hub, with what is shown of its state. */
export async function takeForms(studio) {
  await takeAzure(studio);
  await takeProvisioning(studio);
  await takeThingsBoard(studio);
  await takeKaa(studio);
  await takeBroker(studio);
}

const takeForm = (studio, name, picture) => takeCards(studio, name, `form.${picture}`, [CREDENTIALS, STATUS]);

/** Devices of the sandbox: each by its name, the name of its picture, whether it is connected. */
async function takeKnown(studio, personality, devices) {
  const hub = await playHub(studio, personality);
  for (const [name, picture, connected] of devices) {
    if (connected) await studio.workspace.connect(await studio.workspace.deviceCalled(name));
    await takeForm(studio, name, picture);
  }
  return hub;
}

const takeAzure = (studio) =>
  takeKnown(studio, "azure", [
    ["freezer-1", "azure-key", true],
    ["gateway-1/meter", "azure-module", true],
    ["camera-1", "azure-x509-own", false],
    ["robot-1", "azure-x509-ca", true],
  ]);

/** A provisioning service of Azure; connecting to it comes later. */
async function takeProvisioning(studio) {
  const { workspace, folder } = studio;
  const details = { id_scope: "0ne00A1B2C3" };
  const hub = await workspace.addHub("azure_dps", "Provisioning", "global.azure-devices-provisioning.net", 8883, { details });
  await workspace.addDevice(hub, "line-4-scale", { kind: "shared_access_key", sign_with: "primary", sas: SAS }, { secrets: KEYS });
  await takeForm(studio, "line-4-scale", "dps-key");
  await workspace.addDevice(hub, "line-4-press", { kind: "group_key", sas: SAS }, { secrets: { group_key: KEYS.primary_key } });
  await takeForm(studio, "line-4-press", "dps-group-key");
  const certificate = makeCertificate(folder, "line-4-robot", 400);
  await workspace.addDevice(hub, "line-4-robot", { kind: "x509", trust: "authority" }, { certificate });
  await takeForm(studio, "line-4-robot", "dps-x509");
}

const takeThingsBoard = (studio) =>
  takeKnown(studio, "thingsboard", [
    ["valve-1", "thingsboard-token", true],
    ["lamp-3", "thingsboard-basic", false],
    ["meter-1", "thingsboard-x509", true],
    ["new-device", "thingsboard-provision", false],
  ]);

async function takeKaa(studio) {
  const { workspace, folder } = studio;
  const hub = await takeKnown(studio, "kaa", [["boiler-1", "kaa-token", true]]);
  const certificate = () => makeCertificate(folder, "soil-probe", 400);
  const both = { token: TOKEN, password: PASSWORD };
  await workspace.addDevice(hub, "soil-probe-19", endpoint("fleet@smart-farm"), { secrets: both });
  await takeForm(studio, "soil-probe-19", "kaa-basic");
  await workspace.addDevice(hub, "soil-probe-20", endpoint(null), { secrets: { token: TOKEN }, certificate: certificate() });
  await takeForm(studio, "soil-probe-20", "kaa-x509");
  await workspace.addDevice(hub, "soil-probe-21", endpoint("fleet@smart-farm"), { secrets: both, certificate: certificate() });
  await takeForm(studio, "soil-probe-21", "kaa-both");
}

async function takeBroker(studio) {
  const { workspace, folder } = studio;
  const hub = await workspace.addHub("mqtt_broker", "mqtt.lab", "mqtt.lab.acme.example", 8883);
  const certificate = () => makeCertificate(folder, "bench-client", 400);
  await workspace.addDevice(hub, "bench-client-1", { kind: "none" });
  await takeCards(studio, "bench-client-1", "form.broker-none", [CREDENTIALS]);
  await workspace.addDevice(hub, "bench-client-2", basic("bench"), { secrets: { password: PASSWORD } });
  await takeForm(studio, "bench-client-2", "broker-basic");
  await workspace.addDevice(hub, "bench-client-3", { kind: "x509", trust: "authority" }, { certificate: certificate() });
  await takeForm(studio, "bench-client-3", "broker-x509");
  await workspace.addDevice(hub, "bench-client-4", basic("bench"), { secrets: { password: PASSWORD }, certificate: certificate() });
  await takeForm(studio, "bench-client-4", "broker-both");
}
