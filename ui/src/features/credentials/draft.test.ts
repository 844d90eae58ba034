import { expect, test } from "vitest";
import type { Device, HubKind } from "@/contract";
import { CERTIFICATE, deviceItem, hubItem } from "../../../tests/items";
import { deviceDraft, isChanged, unsendable } from "./draft";
import { editDevice, newDevice, type DeviceForm } from "./form";
import { hasCertificate, METHODS, methodOf, offeredMethods, type Method } from "./methods";

const FILES = { certificate: { from: "file", handle: 1 }, key: null, passphrase: null } as const;

function draftOf(kind: HubKind, method: Method, part: Partial<DeviceForm> = {}) {
  return deviceDraft({ ...newDevice(hubItem({ kind })), method, ...part }, null);
}

test("each method becomes its credential, and comes back as the same method", () => {
  for (const [kind, methods] of Object.entries(METHODS)) {
    for (const method of methods) {
      const { credential } = draftOf(kind as HubKind, method, { userName: "u", appVersion: "app-v1" });
      const certificate = hasCertificate(method) ? CERTIFICATE : null;
      expect(methodOf({ credential, certificate }), `${kind} ${method}`).toBe(method);
    }
  }
});

test("a stored secret is kept unless it was touched, and nothing typed is nothing changed", () => {
  const device = deviceItem();
  const form = editDevice(device);
  expect(deviceDraft(form, device).secrets).toEqual([{ field: "password", draft: { change: "keep" } }]);
  expect(isChanged(form, device)).toBe(false);
  const typed = { ...form, secrets: { password: { change: "set", value: "new" } as const } };
  expect(deviceDraft(typed, device).secrets).toEqual([{ field: "password", draft: { change: "set", value: "new" } }]);
  expect(isChanged(typed, device)).toBe(true);
  expect(isChanged({ ...form, secrets: { password: { change: "set", value: "" } } }, device)).toBe(false);
});

test("another kind clears what was stored for the old one, secrets and certificate", () => {
  const device = deviceItem({ certificate: CERTIFICATE, secrets: [{ field: "password", ends: null }, { field: "private_key", ends: null }] });
  const draft = deviceDraft({ ...editDevice(device), method: "none" }, device);
  expect(draft.credential).toEqual({ kind: "none" });
  expect(draft.secrets).toEqual([{ field: "password", draft: { change: "clear" } }]);
  expect(draft.certificate).toEqual({ change: "clear" });
});

test("what was typed for one kind is still there after a look at another", () => {
  const device = deviceItem();
  const typed = { ...editDevice(device), userName: "other", method: "none" as const };
  expect(deviceDraft({ ...typed, method: "basic" }, device).credential).toEqual({ kind: "basic", user_name: "other" });
});

test("a certificate that was read goes as its files, also beside a password", () => {
  const certificate = { change: "set", files: FILES, summary: CERTIFICATE } as const;
  expect(draftOf("mqtt_broker", "basic_x509", { certificate, userName: "u" })).toMatchObject({
    credential: { kind: "basic", user_name: "u" },
    certificate: { change: "set", files: FILES },
  });
  expect(draftOf("mqtt_broker", "basic", { certificate }).certificate).toEqual({ change: "keep" });
});

test("Kaa's user name is sent only with client credentials, an empty endpoint id is none", () => {
  const part = { userName: "name@tenant", appVersion: " app-v1 ", endpointId: " " };
  expect(draftOf("kaa", "endpoint", part).credential).toEqual({ kind: "endpoint_token", app_version: "app-v1", endpoint_id: null, user_name: null });
  expect(draftOf("kaa", "endpoint_basic", part).credential).toMatchObject({ user_name: "name@tenant" });
});

test("Kaa's client credentials beside a certificate survive a save that is about something else", () => {
  const credential = { kind: "endpoint_token", app_version: "v1", endpoint_id: null, user_name: "name@tenant" } as const;
  const device = deviceItem({ credential, certificate: CERTIFICATE, secrets: [{ field: "token", ends: null }, { field: "password", ends: null }, { field: "private_key", ends: null }] });
  const draft = deviceDraft({ ...editDevice(device), name: "renamed" }, device);
  expect(draft.credential).toEqual(credential);
  expect(draft.secrets).toEqual([{ field: "token", draft: { change: "keep" } }, { field: "password", draft: { change: "keep" } }]);
  expect(draft.certificate).toEqual({ change: "keep" });
});

test("the switch of renewal is not in this form and stays as it is stored", () => {
  const credential = { kind: "shared_access_key", sign_with: "primary", sas: { lifetime: 60, auto_renew: false } } as const;
  const device: Device = deviceItem({ credential, secrets: [] });
  const draft = deviceDraft({ ...editDevice(device), lifetime: 900, signWith: "secondary" }, device);
  expect(draft.credential).toEqual({ kind: "shared_access_key", sign_with: "secondary", sas: { lifetime: 900, auto_renew: false } });
});

test("a kind that the hub's form does not offer is offered for the device that has it", () => {
  expect(offeredMethods("kaa", "endpoint")).toEqual(METHODS.kaa);
  expect(offeredMethods("kaa", "basic")).toEqual([...METHODS.kaa, "basic"]);
});

test("numbers that are none are named", () => {
  expect(unsendable({ ...newDevice(hubItem()), keepAlive: null, maxPacketSize: null }).map(({ field }) => field)).toEqual([
    "options.keep_alive",
    "options.max_packet_size",
  ]);
});
