import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Hub, HubDraft, HubPreset } from "@/contract";
import { hubItem } from "../../../tests/items";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { editHub, HubDialog, newHub, type HubForm } from "./index";

const HUB = hubItem();
const template = { method: "GET", path: "/t/{endpoint_id}", body: "" };
const NO_DETAILS = { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };
const PRESETS: HubPreset[] = [
  { id: "own", name: "Own server", kind: "thingsboard", host: "", port: 8883, tls: true, ca: null, own: false, details: { ...NO_DETAILS, preset: "own" } },
  { id: "magenta", name: "Magenta IoT Hub", kind: "thingsboard", host: "mqtt.magenta.example", port: 8883, tls: true, ca: null, own: false, details: { ...NO_DETAILS, preset: "magenta" } },
  {
    id: "kaa",
    name: "Own Kaa cluster",
    kind: "kaa",
    host: "",
    port: 8883,
    tls: true,
    ca: null,
    own: false,
    details: { ...NO_DETAILS, preset: "kaa", kaa: { base_url: "", header: "x-iamcore-api-key", read: template, change: { ...template, method: "PUT" } } },
  },
];

function show(form: HubForm, answers: Parameters<typeof testPlatform>[0] = {}, kind: "web" | "desktop" = "web") {
  const saved: Hub[] = [];
  const platform = testPlatform({ "hub.presets": () => ({ presets: PRESETS }), "hub.save": () => HUB, ...answers }, kind);
  renderOn(platform, <HubDialog initial={form} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={(hub) => saved.push(hub)} />);
  const sent = () => platform.calls.findLast(({ name }) => name === "hub.save")?.request as HubDraft;
  return { platform, saved, sent };
}

test("a refused save marks its fields, keeps everything typed and can be sent again", async () => {
  let refused = true;
  const { saved, sent } = show(newHub("mqtt_broker"), {
    "hub.save": () => {
      if (refused) throw refusal({ code: "invalid_fields", fields: [{ field: "host", problem: "host_has_extra" }] });
      return HUB;
    },
  });
  const user = userEvent.setup();
  const host = await screen.findByRole("textbox", { name: "Host" });
  await user.type(host, "mqtt://lab.example");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));

  await waitFor(() => expect(host.getAttribute("aria-invalid")).toBe("true"));
  const said = document.getElementById(host.getAttribute("aria-describedby") ?? "");
  expect(said?.textContent).toBe("Only the host name: no scheme, port or path.");
  expect(document.activeElement).toBe(host);
  expect(host).toHaveProperty("value", "mqtt://lab.example");

  refused = false;
  await user.clear(host);
  await user.type(host, "lab.example");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(saved).toEqual([HUB]));
  expect(sent()).toEqual({
    id: null,
    kind: "mqtt_broker",
    name: "lab.example",
    host: "lab.example",
    port: 8883,
    tls: true,
    ca: { change: "system_roots" },
    details: NO_DETAILS,
    secrets: [],
  });
});

test("an unfinished form comes back without its secrets, and goes with Cancel", async () => {
  const kept = new Map<string, string | null>();
  const drafts = {
    "draft.get": ({ key }: { key: string }) => ({ key, json: kept.get(key) ?? null }),
    "draft.set": ({ key, json }: { key: string; json: string | null }) => {
      kept.set(key, json);
      return {};
    },
  };
  const { platform } = show(newHub("azure_iot_hub"), drafts);
  const user = userEvent.setup();
  await user.type(await screen.findByRole("textbox", { name: "Host" }), "lab.azure-devices.net");
  await user.type(screen.getByLabelText(/^Policy key/, { selector: "input" }), "PLANTED");
  await waitFor(() => expect(platform.calls.some(({ name }) => name === "draft.set")).toBe(true));
  cleanup();
  await waitFor(() => expect(kept.get("hub/new/azure_iot_hub")).toContain("lab.azure-devices.net"));
  expect(kept.get("hub/new/azure_iot_hub")).not.toContain("PLANTED");

  show(newHub("azure_iot_hub"), drafts);
  await screen.findByText("Unfinished form brought back.");
  expect(screen.getByRole("textbox", { name: "Host" })).toHaveProperty("value", "lab.azure-devices.net");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(kept.get("hub/new/azure_iot_hub")).toBeNull());
});

test("what is not a number is said without asking the engine", async () => {
  const { platform } = show(newHub("mqtt_broker"));
  const user = userEvent.setup();
  const port = await screen.findByRole("spinbutton", { name: "Port" });
  await user.clear(port);
  await user.type(port, "many");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  expect(port.getAttribute("aria-invalid")).toBe("true");
  expect(port).toHaveProperty("value", "many");
  expect(platform.calls.some(({ name }) => name === "hub.save")).toBe(false);
});

test("a white-label fills the form of its kind", async () => {
  const { sent } = show(newHub("thingsboard"));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("combobox", { name: "Start from" }));
  expect(screen.queryByRole("option", { name: "Own Kaa cluster" })).toBeNull();
  await user.click(await screen.findByRole("option", { name: "Magenta IoT Hub" }));
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ name: "Magenta IoT Hub", host: "mqtt.magenta.example", details: { preset: "magenta" } }));
});

test("Azure has two services; provisioning asks for its ID scope", async () => {
  const { sent } = show(newHub("azure_iot_hub"));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "Provisioning (DPS)" }));
  await user.type(screen.getByRole("textbox", { name: "ID scope" }), "0ne00000001");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ kind: "azure_dps", tls: true, details: { id_scope: "0ne00000001" } }));
});

test("Kaa's requests start from the preset and are sent once there is an address", async () => {
  const { sent } = show(editHub(hubItem({ kind: "kaa", secrets: [{ field: "api_key", ends: "9xYz" }] })));
  const user = userEvent.setup();
  await user.type(await screen.findByRole("textbox", { name: /^Base URL/ }), "https://kaa.example");
  await user.click(screen.getByRole("button", { name: /Save/ }));
  await waitFor(() =>
    expect(sent()).toMatchObject({
      details: { kaa: { base_url: "https://kaa.example", header: "x-iamcore-api-key", read: template } },
      secrets: [{ field: "api_key", draft: { change: "keep" } }],
    }),
  );
});

test("a stored secret of a hub is seen and copied in the desktop app, and in a browser neither", async () => {
  const stored = hubItem({ kind: "azure_dps", secrets: [{ field: "policy_key", ends: "r1k=" }] });
  const { platform } = show(editHub(stored), { "credential.reveal": () => ({ text: "c2VjcmV0" }), "credential.copy": () => ({}) }, "desktop");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Show for 30 s" }));
  const key = screen.getByLabelText(/^Policy key/, { selector: "input" });
  await waitFor(() => expect(key).toHaveProperty("value", "c2VjcmV0"));
  window.dispatchEvent(new Event("blur"));
  await waitFor(() => expect(key).toHaveProperty("value", ""));
  await user.click(screen.getByRole("button", { name: "Copy" }));
  await waitFor(() => expect(platform.calls.at(-1)).toEqual({ name: "credential.copy", request: { hub: stored.id, what: { what: "secret", field: "policy_key" } } }));
  expect(platform.calls).toContainEqual({ name: "credential.reveal", request: { hub: stored.id, field: "policy_key" } });
  cleanup();

  show(editHub(stored));
  await screen.findByLabelText(/^Policy key/, { selector: "input" });
  expect(screen.queryByRole("button", { name: "Show for 30 s" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Copy" })).toBeNull();
});

const OWN: HubPreset = {
  id: "0190a5c8",
  name: "ACME IoT",
  kind: "thingsboard",
  host: "mqtt.acme.example",
  port: 8883,
  tls: true,
  ca: { file_name: "acme-ca.pem", subject: "CN=ACME", not_after: 1_995_000_000 },
  own: true,
  details: { ...NO_DETAILS, preset: "0190a5c8" },
};

test("the user's own preset brings its CA, is removed, and comes back by Undo", async () => {
  let presets = [...PRESETS, OWN];
  const { sent } = show(newHub("thingsboard"), {
    "hub.presets": () => ({ presets }),
    "preset.delete": () => {
      presets = PRESETS;
      return { undo: 4 };
    },
    "undo.run": ({ undo }) => {
      presets = [...PRESETS, OWN];
      return { id: undo ?? 0, kind: "preset", name: OWN.name };
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("combobox", { name: "Start from" }));
  await user.click(await screen.findByRole("option", { name: "ACME IoT" }));
  await screen.findByText("acme-ca.pem");
  await user.click(screen.getByRole("button", { name: "Remove the preset ACME IoT" }));
  await screen.findByText(/Removed the preset ACME IoT/);
  expect(screen.queryByText("acme-ca.pem")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("acme-ca.pem");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ host: "mqtt.acme.example", ca: { change: "preset", preset: OWN.id } }));
});

test("a ThingsBoard form is saved as a preset by Enter, and that adds no hub", async () => {
  const { platform } = show(editHub(hubItem({ kind: "thingsboard", host: "mqtt.acme.example" })), { "preset.save": () => OWN });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Save as preset…" }));
  const name = screen.getByRole("textbox", { name: "Preset name" });
  await user.clear(name);
  await user.type(name, "ACME IoT{Enter}");
  await screen.findByText(/Saved ACME IoT/);
  expect(platform.calls.find((call) => call.name === "preset.save")?.request).toMatchObject({ name: "ACME IoT", hub: { id: "h", host: "mqtt.acme.example" } });
  expect(platform.calls.some((call) => call.name === "hub.save")).toBe(false);
});
