import { screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Device, DeviceDraft, Hub } from "@/contract";
import { CERTIFICATE, deviceItem, hubItem } from "../../../tests/items";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { DeviceDialog } from "./index";

const PEM = "-----BEGIN CERTIFICATE-----";

function show(hub: Hub, device: Device | null, answers: Parameters<typeof testPlatform>[0] = {}) {
  const platform = testPlatform({
    "device.save": () => deviceItem(),
    "device.generate_client_id": () => ({ client_id: "hubscope-4f1c" }),
    "credential.preview": () => Promise.reject(refusal({ code: "secret_missing" })),
    ...answers,
  });
  renderOn(platform, <DeviceDialog hub={hub} device={device} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={() => undefined} />);
  const sent = () => platform.calls.findLast(({ name }) => name === "device.save")?.request as DeviceDraft;
  return { platform, sent };
}

test("a stored secret is never in the page, is kept by itself, and can be replaced and cleared", async () => {
  const { sent } = show(hubItem(), deviceItem());
  const user = userEvent.setup();
  const save = () => user.click(screen.getByRole("button", { name: /Save/ }));
  const field = await screen.findByLabelText("Password");
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe("ends Q8w=");
  expect(field).toHaveProperty("type", "password");
  // A browser has no exit for secrets.
  expect(screen.queryByRole("button", { name: "Show for 30 s" })).toBeNull();
  await save();
  expect(sent().secrets).toEqual([{ field: "password", draft: { change: "keep" } }]);

  await user.type(field, "new one");
  await save();
  expect(sent().secrets).toEqual([{ field: "password", draft: { change: "set", value: "new one" } }]);

  await user.clear(field);
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await save();
  expect(sent().secrets).toEqual([{ field: "password", draft: { change: "clear" } }]);
});

test("a new device of an Azure hub has a device and perhaps a module, and a generated key", async () => {
  const { sent } = show(hubItem({ kind: "azure_iot_hub" }), null);
  const user = userEvent.setup();
  await user.type(await screen.findByRole("textbox", { name: "Device ID" }), "gw");
  await user.type(screen.getByRole("textbox", { name: /^Module ID/ }), "meter");
  await user.click(screen.getAllByRole("button", { name: "Make a new one" })[0] as HTMLElement);
  await user.click(screen.getByRole("button", { name: /Add device/ }));
  await waitFor(() => expect(sent()).toMatchObject({ client_id: "gw/meter", credential: { kind: "shared_access_key" }, options: { clean_session: false } }));
  const [primary, secondary] = sent().secrets;
  expect(primary?.draft.change === "set" && atob(primary.draft.value)).toHaveLength(32);
  expect(secondary?.draft).toEqual({ change: "clear" });
});

test("a certificate is read before it is used; an encrypted key asks for its passphrase", async () => {
  const { platform, sent } = show(hubItem({ kind: "thingsboard" }), null, {
    "certificate.read": ({ passphrase }) => {
      if (passphrase !== "open sesame") throw refusal({ code: "passphrase_needed" });
      return CERTIFICATE;
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "X.509" }));
  await user.click(screen.getByRole("button", { name: "Import PEM…" }));
  await user.click(screen.getByRole("textbox", { name: "Certificate" }));
  await user.paste(PEM);
  await screen.findByText("This is encrypted: its passphrase is needed.");
  await user.type(screen.getByLabelText("Passphrase"), "open sesame");
  await screen.findByText("CN=press-1");
  expect(platform.calls.some(({ name }) => name === "device.save")).toBe(false);
  await user.click(screen.getByRole("button", { name: /Use this certificate/ }));
  // By what ThingsBoard will know it.
  await screen.findByText("84f59117");
  await user.click(screen.getByRole("button", { name: /Add device/ }));
  await waitFor(() =>
    expect(sent()).toMatchObject({
      credential: { kind: "x509", trust: "itself" },
      certificate: { change: "set", files: { certificate: { from: "text", text: PEM }, key: null, passphrase: "open sesame" } },
    }),
  );
});

test("what the hub refuses is said at the field", async () => {
  show(hubItem({ kind: "kaa" }), null, {
    "device.save": () => {
      throw refusal({ code: "invalid_fields", fields: [{ field: "credential.app_version", problem: "required" }, { field: "secrets.token", problem: "required" }] });
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /Add device/ }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "App version" }).getAttribute("aria-invalid")).toBe("true"));
  expect(screen.getByLabelText("Token").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getAllByText("Needed.")).toHaveLength(2);
});

/** At once: typing by keys takes long in a form of this size. */
async function enter(user: UserEvent, field: HTMLElement, text: string) {
  await user.click(field);
  await user.paste(text);
}

test("a last will and the properties of CONNECT go with the session", async () => {
  const { sent } = show(hubItem(), deviceItem());
  const user = userEvent.setup();
  await user.click(await screen.findByRole("switch", { name: "Publish a last will" }));
  await enter(user, screen.getByRole("textbox", { name: "Topic" }), "status/bench");
  await enter(user, screen.getByRole("textbox", { name: "Payload" }), "0x00ff");
  await user.click(screen.getByRole("radio", { name: "2" }));
  await user.click(screen.getByRole("checkbox", { name: "Retain" }));
  await enter(user, screen.getByRole("textbox", { name: "Delay" }), "30");
  await enter(user, screen.getByRole("textbox", { name: "Keep session for" }), "3600");
  await enter(user, screen.getByRole("textbox", { name: "Receive maximum" }), "20");
  await user.click(screen.getAllByRole("button", { name: "Add user property" })[0] as HTMLElement);
  await enter(user, screen.getByRole("textbox", { name: "Name of user property 1" }), "site");
  await enter(user, screen.getByRole("textbox", { name: "Value of user property 1" }), "north");
  await user.click(screen.getByRole("button", { name: /Save/ }));
  await waitFor(() =>
    expect(sent().options).toMatchObject({
      properties: { session_expiry: 3600, receive_maximum: 20, user_properties: [["site", "north"]] },
      will: { topic: "status/bench", payload: { encoding: "base64", base64: "AP8=" }, qos: 2, retain: true, delay: 30, properties: { content_type: null } },
    }),
  );
});

test("a number that is none is said at its field and not sent", async () => {
  const { platform } = show(hubItem(), deviceItem());
  const user = userEvent.setup();
  const field = await screen.findByRole("textbox", { name: "Receive maximum" });
  await user.type(field, "many");
  await user.click(screen.getByRole("button", { name: /Save/ }));
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(field).toHaveProperty("value", "many");
  expect(platform.calls.some(({ name }) => name === "device.save")).toBe(false);
});

test("Azure's will is telemetry of the device, with QoS 0 and 1 and without MQTT 5", async () => {
  const azure = deviceItem({ client_id: "gw/meter", options: { ...deviceItem().options, version: "3.1.1" } });
  show(hubItem({ kind: "azure_iot_hub" }), azure);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("switch", { name: "Publish a last will" }));
  expect(screen.getByRole("textbox", { name: "Topic" })).toHaveProperty("value", "devices/gw/modules/meter/messages/events/");
  expect(screen.getByRole("radio", { name: "2" }).getAttribute("aria-disabled")).toBe("true");
  expect(screen.queryByRole("textbox", { name: "Delay" })).toBeNull();
  expect(screen.queryByText("MQTT 5 properties")).toBeNull();
});
