import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { until } from "./until.mjs";

const OPTIONS = { version: "3.1.1", clean_session: true, keep_alive: 60, max_packet_size: 16_777_216 };
const DETAILS = { preset: null, id_scope: null, policy: null, gateway: null, kaa: null };

/** Adds to the workspace what the page's forms would, by the same calls, and follows what becomes of it. */
export function openWorkspace(call) {
  async function addHub(kind, name, host, port, { transport = "mqtts", ca = null, connection, details = {} } = {}) {
    const held = ca === null ? null : await call("file.upload", { name: basename(ca), base64: readFileSync(ca, "base64") });
    return call("hub.save", {
      id: null,
      kind,
      name,
      host,
      port,
      transport,
      connection,
      trust: held === null ? { change: "set", mode: "system" } : { change: "set", mode: "ca_only", added: [{ from: "file", handle: held.handle }] },
      details: { ...DETAILS, ...details },
      secrets: [],
    });
  }

  function addDevice(hub, name, credential, { id = null, clientId = name, secrets = {}, certificate = null } = {}) {
    return call("device.save", {
      id,
      hub: hub.id,
      name,
      client_id: clientId,
      credential,
      secrets: Object.entries(secrets).map(([field, value]) => ({ field, draft: { change: "set", value } })),
      certificate: certificate === null ? { change: "keep" } : { change: "set", files: certificate },
      options: OPTIONS,
    });
  }

  async function deviceCalled(name) {
    const { devices } = await call("tree.get", {});
    const device = devices.find((one) => one.name === name);
    if (device === undefined) throw new Error(`there is no device ${name}`);
    return device;
  }

  const stateOf = async (device) => {
    const { sessions } = await call("session.list", {});
    return sessions.find((session) => session.device === device.id)?.state.state;
  };

  /** Connects and waits for what comes of it: a hub may refuse. */
  async function connect(device) {
    await call("session.connect", { device: device.id });
    await until("the session is decided", async () => !["idle", "connecting", undefined].includes(await stateOf(device)));
  }

  const tokenUntil = (what, device, check, patience) => until(what, async () => check(await call("token.status", { device: device.id })), patience);

  return { call, addHub, addDevice, deviceCalled, connect, tokenUntil };
}
