import { expect, test } from "vitest";
import { texts } from "@/i18n";
import { deviceItem, hubItem } from "../../../tests/items";
import { joinDeviceId, splitDeviceId } from "./deviceId";
import { localMinutes, newSasForm, sasWanted, scopesOf } from "./sasWanted";
import { topicParts } from "./topicParts";
import { lifetimes, lifetimeWord } from "./words";

const AZURE = hubItem({ kind: "azure_iot_hub" });
const SAS = { lifetime: 3_600, auto_renew: true };
const KEYS = deviceItem({ client_id: "gw", credential: { kind: "shared_access_key", sign_with: "primary", sas: SAS } });

test("lifetimes are said in their largest whole unit", () => {
  const words = [45, 60, 3_600, 5_400, 28_800, 86_400, 604_800].map((seconds) => lifetimeWord(texts.t, seconds));
  expect(words).toEqual(["45 s", "1 min", "60 min", "90 min", "8 h", "24 h", "7 d"]);
  expect(lifetimes(45)[0]).toBe(45);
  expect(lifetimes(3_600).filter((seconds) => seconds === 3_600)).toHaveLength(1);
});

test("Azure's client id is taken apart and put together", () => {
  expect(splitDeviceId("gw/meter")).toEqual({ device: "gw", module: "meter" });
  expect(splitDeviceId("gw")).toEqual({ device: "gw", module: "" });
  expect(joinDeviceId("gw", "")).toBe("gw");
  expect(joinDeviceId("gw", "meter")).toBe("gw/meter");
});

test("a masked token in a topic is a piece of its own", () => {
  expect(topicParts("kp1/app/dcx/token •7Qd2/json")).toEqual([
    { text: "kp1/app/dcx/", chip: false },
    { text: "token •7Qd2", chip: true },
    { text: "/json", chip: false },
  ]);
  expect(topicParts("v1/devices/me/telemetry")).toHaveLength(1);
});

test("without a policy key only the device's own key can sign", () => {
  expect(scopesOf(AZURE, KEYS)).toEqual(["device"]);
  const withPolicy = { ...AZURE, details: { ...AZURE.details, policy: "iothubowner" }, secrets: [{ field: "policy_key", ends: null } as const] };
  expect(scopesOf(withPolicy, KEYS)).toEqual(["device", "policy_device", "service", "event_hubs"]);
  expect(scopesOf(withPolicy, { ...KEYS, credential: { kind: "sas_token" } })).not.toContain("device");
});

test("a token is asked for by lifetime or by a moment in local time, and not while a field is empty", () => {
  const device = KEYS;
  const form = newSasForm(AZURE, device);
  expect(sasWanted(form, AZURE, device)).toEqual({ scope: { scope: "device", device: "d" }, end: { end: "after", seconds: 3_600 } });
  const millis = 1_795_345_560_000;
  expect(sasWanted({ ...form, until: "time", time: localMinutes(millis) }, AZURE, device)?.end).toEqual({ end: "at", time: millis / 1000 });
  expect(sasWanted({ ...form, until: "time", time: "" }, AZURE, device)).toBeNull();
  expect(sasWanted({ ...form, scope: "policy_device", deviceId: " " }, AZURE, device)?.scope).toEqual({ scope: "policy_device", hub: "h", device_id: null });
  expect(sasWanted({ ...form, scope: "event_hubs", namespaceHost: "n.servicebus.windows.net" }, AZURE, device)).toBeNull();
});
