import { expect, test } from "vitest";
import type { HubPreset } from "@/contract";
import { hubItem, STRAIGHT } from "../../../tests/items";
import { editHub, hubDraft, newHub, unsendable, withPreset, withTransport } from "./hubDraft";
import { NEW_TRUST, withFile } from "./trustForm";

test("a transport takes its usual port along and leaves a chosen one", () => {
  const hub = newHub("mqtt_broker");
  expect(withTransport(hub, "mqtt").port).toBe(1883);
  expect(withTransport(withTransport(hub, "ws"), "wss").port).toBe(443);
  expect(withTransport({ ...hub, port: 9000 }, "wss").port).toBe(9000);
  expect(withTransport(withTransport({ ...hub, port: 9000 }, "unix"), "mqtts").port).toBe(8883);
});

test("a hub without a name is called after its host; a port that is none is not sent", () => {
  expect(hubDraft({ ...newHub("mqtt_broker"), host: " lab.example " })).toMatchObject({ name: "lab.example", host: "lab.example", secrets: [] });
  expect(unsendable({ ...newHub("mqtt_broker"), port: null })).toEqual([{ field: "port", problem: "not_a_port" }]);
  expect(unsendable({ ...newHub("mqtt_broker"), port: 70_000 })).toHaveLength(1);
});

test("a preset fills the form and leaves the CA that was chosen", () => {
  const ca = { handle: 3, name: "ca.pem", size: 1 };
  const details = { preset: "magenta", id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };
  const preset: HubPreset = { id: "magenta", name: "Magenta IoT Hub", kind: "thingsboard", host: "", port: 8883, transport: "mqtts", connection: STRAIGHT, trust: { mode: "system", certificates: [] }, own: false, details };
  expect(hubDraft(withPreset({ ...newHub("thingsboard"), trust: withFile(NEW_TRUST, ca) }, preset))).toMatchObject({
    name: "Magenta IoT Hub",
    details: { preset: "magenta" },
    trust: { change: "set", mode: "system_and_ca", kept: [], added: [{ from: "file", handle: 3 }] },
  });
});

test("a policy key is kept, set or cleared, and empty texts are none", () => {
  const stored = editHub(hubItem({ kind: "azure_iot_hub", secrets: [{ field: "policy_key", ends: "r1k=" }] }));
  expect(hubDraft(stored).secrets).toEqual([{ field: "policy_key", draft: { change: "keep" } }]);
  expect(hubDraft({ ...stored, secrets: { policy_key: { change: "set", value: "k" } } }).secrets).toEqual([
    { field: "policy_key", draft: { change: "set", value: "k" } },
  ]);
  expect(hubDraft({ ...stored, secrets: { policy_key: { change: "clear" } } }).secrets).toEqual([{ field: "policy_key", draft: { change: "clear" } }]);
  expect(hubDraft({ ...newHub("azure_iot_hub"), details: { ...stored.details, policy: " " } }).details.policy).toBeNull();
});

test("a REST API without an address is none", () => {
  const template = { method: "GET", path: "/x", body: "" };
  const kaa = { base_url: " ", header: "x-key", read: template, change: template };
  expect(hubDraft({ ...newHub("kaa"), details: { ...newHub("kaa").details, kaa } }).details.kaa).toBeNull();
  expect(hubDraft({ ...newHub("kaa"), details: { ...newHub("kaa").details, kaa: { ...kaa, base_url: "https://k" } } }).details.kaa?.base_url).toBe("https://k");
});

test("the way to the hub is sent as it was entered, and comes back the same", () => {
  const hub = newHub("mqtt_broker");
  const proxy = { proxy: "socks5", proxyHost: " proxy.example ", proxyPort: 1080, proxyUser: "me", proxyNames: true } as const;
  const form = { ...hub, host: "lab.example", connection: { ...hub.connection, ...proxy, alpn: "mqtt, x-amzn-mqtt-ca", addressHost: "10.0.0.7" } };
  const draft = hubDraft({ ...form, secrets: { proxy_password: { change: "set", value: "s" } } });
  expect(draft.connection).toEqual({
    path: "/mqtt",
    socket: "",
    alpn: ["mqtt", "x-amzn-mqtt-ca"],
    address: { host: "10.0.0.7", port: 8883 },
    proxy: { choice: "own", proxy: { kind: "socks5h", host: "proxy.example", port: 1080, user_name: "me" } },
  });
  expect(draft.secrets).toEqual([{ field: "proxy_password", draft: { change: "set", value: "s" } }]);
  expect(hubDraft(editHub(hubItem({ connection: draft.connection }))).connection).toEqual(draft.connection);
});

test("a secret of a way that is no longer gone is cleared", () => {
  const secrets = [{ field: "proxy_password", ends: null }, { field: "headers", ends: null }] as const;
  const stored = editHub(hubItem({ transport: "wss", secrets: [...secrets] }));
  expect(hubDraft(stored).secrets).toEqual([
    { field: "headers", draft: { change: "keep" } },
    { field: "proxy_password", draft: { change: "clear" } },
  ]);
  expect(hubDraft(withTransport(stored, "mqtts")).secrets).toContainEqual({ field: "headers", draft: { change: "clear" } });
});

test("ports that are none are not sent", () => {
  const hub = newHub("mqtt_broker");
  expect(unsendable({ ...hub, connection: { ...hub.connection, addressPort: Number.NaN, proxy: "http", proxyPort: null } })).toEqual([
    { field: "connection.address.port", problem: "not_a_port" },
    { field: "connection.proxy.port", problem: "not_a_port" },
  ]);
});
