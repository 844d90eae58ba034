import { expect, test } from "vitest";
import { NO_CONNECT_PROPERTIES } from "@/components/mqtt";
import { hubItem } from "../../../tests/items";
import { newDevice } from "./form";
import { deviceKey, keptDevice } from "./kept";

test("a kept form has no secret and no certificate, and what it needs to go on", () => {
  const files = { certificate: { from: "text" as const, text: "PLANTED" }, key: null, passphrase: "PLANTED" };
  const form = { ...newDevice(hubItem()), name: "press", secrets: { password: { change: "set" as const, value: "PLANTED" } } };
  const kept = JSON.stringify(keptDevice({ ...form, certificate: { change: "set", files, summary: null as never } }));
  expect(kept).not.toContain("PLANTED");
  expect(JSON.parse(kept)).toMatchObject({ name: "press", version: "3.1.1" });
  expect(deviceKey(hubItem({ id: "h7" }), null)).toBe("device/new/h7");
});

test("a new device starts with the defaults of its hub", () => {
  const session = { version: "5" as const, clean_session: false, keep_alive: 30, max_packet_size: 2_048, properties: NO_CONNECT_PROPERTIES, will: null };
  const defaults = { session, filter: null, subscribe_qos: null, topic: null, payload: null, publish_qos: null, retain: false };
  const hub = hubItem();
  expect(newDevice({ ...hub, details: { ...hub.details, defaults } })).toMatchObject({ version: "5", cleanSession: false, keepAlive: 30, maxPacketSize: 2_048 });
});
