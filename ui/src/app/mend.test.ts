import { expect, test } from "vitest";
import { deviceItem, hubItem } from "../../tests/items";
import { mendOf } from "./mend";

const hub = hubItem();
const device = deviceItem();

test("each fix opens the form that mends it, with what is known filled in", () => {
  expect(mendOf({ fix: "enter_host", host: "mqtt.lab.example" }, hub, device)).toEqual({ form: "hub", mend: { place: "host", part: { host: "mqtt.lab.example" } } });
  expect(mendOf({ fix: "enter_host", host: null }, hub, device)).toEqual({ form: "hub", mend: { place: "host", part: {} } });
  expect(mendOf({ fix: "turn_tls_off" }, hub, device)).toEqual({ form: "hub", mend: { place: "transport", part: { transport: "mqtt", port: 1883 } } });
  expect(mendOf({ fix: "turn_tls_on" }, hubItem({ transport: "ws", port: 9001 }), device)).toEqual({ form: "hub", mend: { place: "transport", part: { transport: "wss", port: 9001 } } });
  expect(mendOf({ fix: "change_version", version: "3.1.1" }, hub, device)).toEqual({ form: "device", mend: { place: "version", part: { version: "3.1.1" } } });
});

test("the way around a firewall has the path of the hub's platform", () => {
  const azure = hubItem({ kind: "azure_iot_hub", host: "plant.azure-devices.net" });
  expect(mendOf({ fix: "use_web_socket", port: 443 }, azure, device)).toMatchObject({ mend: { part: { transport: "wss", port: 443, connection: { path: "/$iothub/websocket" } } } });
});

test("a client certificate comes beside the credential where the hub takes both, else in its place", () => {
  const methodFor = (of: typeof hub, who: typeof device) => mendOf({ fix: "choose_client_certificate" }, of, who).mend.part;
  expect(methodFor(hub, device)).toEqual({ method: "basic_x509" });
  expect(methodFor(hubItem({ kind: "thingsboard" }), deviceItem({ credential: { kind: "access_token" } }))).toEqual({ method: "x509_own" });
});
