import { expect, test } from "vitest";
import { hubItem } from "../../../tests/items";
import { editHub, hubDraft, newHub, unsendable, withPreset, withTls } from "./hubDraft";

test("TLS takes the usual port along and leaves a chosen one", () => {
  const hub = newHub("mqtt_broker");
  expect(withTls(hub, false).port).toBe(1883);
  expect(withTls(withTls(hub, false), true).port).toBe(8883);
  expect(withTls({ ...hub, port: 9000 }, false).port).toBe(9000);
});

test("a hub without a name is called after its host; a port that is none is not sent", () => {
  expect(hubDraft({ ...newHub("mqtt_broker"), host: " lab.example " })).toMatchObject({ name: "lab.example", host: "lab.example", secrets: [] });
  expect(unsendable({ ...newHub("mqtt_broker"), port: null })).toEqual([{ field: "port", problem: "not_a_port" }]);
  expect(unsendable({ ...newHub("mqtt_broker"), port: 70_000 })).toHaveLength(1);
});

test("a preset fills the form and leaves the CA that was chosen", () => {
  const ca = { handle: 3, name: "ca.pem", size: 1 };
  const details = { preset: "magenta", id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };
  const preset = { id: "magenta", name: "Magenta IoT Hub", kind: "thingsboard", host: "", port: 8883, tls: true, ca: null, own: false, details } as const;
  expect(hubDraft(withPreset({ ...newHub("thingsboard"), ca }, preset))).toMatchObject({
    name: "Magenta IoT Hub",
    details: { preset: "magenta" },
    ca: { change: "file", handle: 3 },
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
