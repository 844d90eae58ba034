import { expect, test } from "vitest";
import type { Device } from "@/contract";
import { deviceDraft, editDevice, newDevice, unsendable } from "./deviceDraft";
import { hubDraft, newHub, unsendable as hubUnsendable, withTls } from "./hubDraft";

test("TLS takes the usual port along and leaves a chosen one", () => {
  const hub = newHub("mqtt_broker");
  expect(withTls(hub, false).port).toBe(1883);
  expect(withTls(withTls(hub, false), true).port).toBe(8883);
  expect(withTls({ ...hub, port: 9000 }, false).port).toBe(9000);
});

test("a hub without a name is called after its host; a port that is none is not sent", () => {
  expect(hubDraft({ ...newHub("mqtt_broker"), host: " lab.example " })).toMatchObject({ name: "lab.example", host: "lab.example" });
  expect(hubUnsendable({ ...newHub("mqtt_broker"), port: null })).toEqual([{ field: "port", problem: "not_a_port" }]);
  expect(hubUnsendable({ ...newHub("mqtt_broker"), port: 70_000 })).toHaveLength(1);
});

test("a stored secret is kept unless it was touched", () => {
  const device: Device = {
    id: "d",
    hub: "h",
    name: "n",
    client_id: "c",
    credential: { kind: "basic", user_name: "u", password: { set: true, ends: null } },
    options: { version: "5", clean_session: false, keep_alive: 30, max_packet_size: 1024 },
  };
  const form = editDevice(device);
  expect(deviceDraft(form).credential).toEqual({ kind: "basic", user_name: "u", password: { change: "keep" } });
  const typed = { ...form, password: { change: "set", value: "new" } as const };
  expect(deviceDraft(typed).credential).toMatchObject({ password: { change: "set", value: "new" } });
});

test("an empty password is none, and numbers that are none are named", () => {
  const form = { ...newDevice("h", "mqtt_broker"), userName: "u" };
  expect(deviceDraft(form).credential).toEqual({ kind: "basic", user_name: "u", password: { change: "clear" } });
  expect(unsendable({ ...form, keepAlive: null, maxPacketSize: null }).map((each) => each.field)).toEqual([
    "options.keep_alive",
    "options.max_packet_size",
  ]);
});
