import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const run = promisify(execFile);
const OPTIONS = { version: "3.1.1", clean_session: true, keep_alive: 60, max_packet_size: 65536 };

/** Two devices whose certificate ends soon: each is told of once, with its name and its end. */
export async function beToldOfEnds(call, broker, shown) {
  const base64 = readFileSync(broker.ca).toString("base64");
  const { handle } = await call("file.upload", { name: "lab-ca.pem", base64 });
  const trust = { change: "set", mode: "ca_only", added: [{ from: "file", handle }] };
  const hub = await call("hub.save", { id: null, kind: "mqtt_broker", name: "hall", host: "127.0.0.1", port: broker.certificatePort, transport: "mqtts", trust });
  const [certificate, key] = [broker.client.certificate, broker.client.key].map((file) => readFileSync(file, "utf8"));
  const text = (pem) => ({ from: "text", text: pem });
  const files = { certificate: text(certificate), key: text(key), passphrase: null };
  for (const name of ["press", "saw"]) {
    const draft = { id: null, hub: hub.id, name, client_id: name, credential: { kind: "none" }, secrets: [], certificate: { change: "set", files }, options: OPTIONS };
    const { id } = await call("device.save", draft);
    await call("session.connect", { device: id });
    await until(`a notification of ${name}`, () => shown.some((one) => one.text.startsWith(`${name}: `)));
  }
  // All devices in use are looked at together, once a second: what the second one is told of is after a further look
  // at the first one.
  const end = broker.client.ends.toISOString().slice(0, 16).replace("T", " ");
  assert.deepEqual(
    shown.map(({ title, text }) => [title, text.replace(/\d+ h/, "N h")]),
    ["press", "saw"].map((name) => ["A certificate ends soon", `${name}: ends ${end} UTC, N h are left`]),
  );
  for (const line of key.split("\n").filter((line) => line.length > 20 && !line.startsWith("-----"))) {
    assert.ok(!JSON.stringify(shown).includes(line), "a notification holds the key");
  }
}

/** A copied secret is on the desktop's clipboard, marked as one that histories leave out. */
export async function copySecret(call, screen, secret) {
  const { devices } = await call("tree.get", {});
  const device = devices.find((one) => one.credential.kind === "basic").id;
  await call("credential.copy", { device, what: { what: "secret", field: "password" } });
  const read = async (...target) => {
    const { stdout } = await run("xclip", ["-o", "-selection", "clipboard", ...target], { env: { ...process.env, DISPLAY: screen.display } });
    return stdout;
  };
  assert.equal(await read(), secret);
  assert.match(await read("-t", "TARGETS"), /x-kde-passwordManagerHint/);
}
