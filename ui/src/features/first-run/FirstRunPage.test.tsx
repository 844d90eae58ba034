import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { DeviceId, PasteAdded, Recognised } from "@/contract";
import { hubItem, STRAIGHT } from "../../../tests/items";
import { refusal, renderOn, testPlatform, type TestPlatform } from "../../../tests/platform";
import { FirstRunPage } from "./index";

const RECOGNISED: Recognised = {
  form: "mosquitto_sub",
  kind: "mqtt_broker",
  host: "lab.example",
  port: 8883,
  transport: "mqtts",
  connection: STRAIGHT,
  version: "3.1.1",
  client_id: null,
  credential: { kind: "basic", user_name: "bench" },
  secrets: [{ field: "password", ends: null }],
  details: { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null },
  certificate: null,
  ca_file: "/etc/lab-ca.pem",
  subscriptions: [{ filter: "lab/#", qos: 1 }],
  message: null,
  ignored: [],
  warnings: [],
  missing: [],
  policy_here: null,
};

function show(platform: TestPlatform) {
  const opened: DeviceId[] = [];
  const added: PasteAdded[] = [];
  renderOn(
    platform,
    <FirstRunPage
      again={false}
      paste={0}
      addKeys="Ctrl N"
      confirmKeys="Ctrl Enter"
      onOpen={(device) => opened.push(device)}
      onAddHub={() => undefined}
      onAdded={(each) => added.push(each)}
    />,
  );
  return { opened, added };
}

const paste = (text: string) => fireEvent.paste(document.body, { clipboardData: { getData: () => text } });

test("a paste anywhere is shown as understood, without its password, and added by Ctrl Enter", async () => {
  const platform = testPlatform({
    "paste.recognise": () => RECOGNISED,
    "paste.add": () => ({ hub: "h", device: "d", message: null }),
  });
  const { added } = show(platform);
  const text = "mosquitto_sub -h lab.example -u bench -P s3cr3t -t 'lab/#'";
  paste(text);
  await screen.findByText("MQTT broker, one device, 1 subscription");
  expect(document.body.textContent).not.toContain("s3cr3t");
  expect(screen.getByText("missing")).not.toBeNull();
  expect(screen.getByRole("button", { name: "Choose lab-ca.pem…" })).not.toBeNull();
  expect(platform.calls.some(({ name }) => name === "paste.add")).toBe(false);

  // Nothing has the focus after a paste.
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(added).toHaveLength(1));
  expect(platform.calls.at(-1)).toEqual({ name: "paste.add", request: { text, ca: null, hub: null, policy: "keep" } });
});

test("what is missing is named, warnings are said, and nothing can be added without it", async () => {
  const platform = testPlatform({
    "paste.recognise": () => ({ ...RECOGNISED, form: "sas_token", kind: "azure_iot_hub", credential: { kind: "sas_token" }, warnings: ["sas_expired"], missing: ["client_id"] }),
  });
  show(platform);
  paste("SharedAccessSignature sr=x&sig=c2VjcmV0&se=1");
  await screen.findByText("Missing: device or client ID.");
  expect(screen.getByText("The SAS token has expired: the hub will refuse it.")).not.toBeNull();
  expect(document.body.textContent).not.toContain("c2VjcmV0");
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  expect(screen.getByRole("button", { name: /Add hub and device/ })).toHaveProperty("disabled", true);
  expect(platform.calls.some(({ name }) => name === "paste.add")).toBe(false);
});

test("what is not understood says so and offers the form", async () => {
  show(testPlatform({ "paste.recognise": () => Promise.reject(refusal({ code: "not_recognised", hint: { template: "Paste an address.", args: {} } })) }));
  paste("hello");
  await screen.findByText("Not recognised.");
  expect(screen.getByText(/Paste an address\./)).not.toBeNull();
  expect(screen.getByRole("button", { name: "Add by hand" })).not.toBeNull();
});

test("key 1 starts the sandbox, connects thermo-a and opens it; 3 goes to the box", async () => {
  const devices = [
    { id: "door-1", faulty: false, device: "d1" },
    { id: "thermo-a", faulty: false, device: "d2" },
  ];
  const platform = testPlatform({
    "sandbox.start": () => ({ state: { state: "running", mqtt: "127.0.0.1:1", mqtts: "127.0.0.1:2" }, personality: "broker", hub: "h", devices }),
    "session.connect": () => Promise.reject(refusal({ code: "internal" })),
  });
  const { opened } = show(platform);
  await screen.findByRole("heading", { name: /Start the sandbox hub/ });
  fireEvent.keyDown(document.body, { key: "1" });
  await waitFor(() => expect(opened).toEqual(["d2"]));
  expect(platform.calls.at(-1)).toEqual({ name: "session.connect", request: { device: "d2" } });

  fireEvent.keyDown(document.body, { key: "3" });
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Pasted text" }));
  await userEvent.keyboard("1");
  expect(platform.calls.filter(({ name }) => name === "sandbox.start")).toHaveLength(1);
});

test("a policy that is here is replaced only after the user said so", async () => {
  const platform = testPlatform({
    "paste.recognise": () => ({
      ...RECOGNISED,
      form: "service_connection_string",
      kind: "azure_iot_hub",
      policy_here: { hub: "h", name: "Lab hub", policy: "service", key: { field: "policy_key", ends: "r1k=" } },
    }),
    "paste.add": () => ({ hub: "h", device: null, message: null }),
  });
  const { added } = show(platform);
  paste("HostName=lab.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=c2VjcmV0");
  await screen.findByText("The hub Lab hub has another policy key.");
  screen.getByText(/service •r1k=/);
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  expect(platform.calls.some(({ name }) => name === "paste.add")).toBe(false);
  await userEvent.click(screen.getByRole("radio", { name: "Replace it" }));
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(added).toHaveLength(1));
  expect(platform.calls.at(-1)?.request).toMatchObject({ policy: "replace", hub: null });
});

test("a pasted certificate goes on a hub that is chosen, of those that take one", async () => {
  const platform = testPlatform({
    "tree.get": () => ({ hubs: [hubItem({ id: "a", name: "Lab hub", kind: "azure_iot_hub" }), hubItem({ id: "k", name: "Kaa", kind: "kaa" })], devices: [] }),
    "paste.recognise": () => ({ ...RECOGNISED, form: "pem", host: "", missing: ["host"] }),
    "paste.add": () => ({ hub: "a", device: "d", message: null }),
  });
  const { added } = show(platform);
  paste("-----BEGIN CERTIFICATE-----");
  await screen.findByText("Missing: host.");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("combobox", { name: "On hub" }));
  expect(screen.queryByRole("option", { name: "Kaa" })).toBeNull();
  await user.click(await screen.findByRole("option", { name: "Lab hub" }));
  await user.click(screen.getByRole("button", { name: /Add device/ }));
  await waitFor(() => expect(added).toHaveLength(1));
  expect(platform.calls.at(-1)?.request).toMatchObject({ hub: "a" });
});
