import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { FetchedChain, Hub, HubDraft, HubPreset, HubTrust } from "@/contract";
import { useLive } from "@/live";
import { LAB_CHAIN } from "../../../tests/diagnose";
import { hubItem, STRAIGHT } from "../../../tests/items";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { editHub, HubDialog, newHub, type HubForm } from "./index";

const HUB = hubItem();
const template = { method: "GET", path: "/t/{endpoint_id}", body: "" };
const NO_DETAILS = { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };
const SYSTEM = { mode: "system", certificates: [] } as const satisfies HubTrust;
const PRESETS: HubPreset[] = [
  { id: "own", name: "Own server", kind: "thingsboard", host: "", port: 8883, transport: "mqtts", connection: STRAIGHT, trust: SYSTEM, own: false, details: { ...NO_DETAILS, preset: "own" } },
  { id: "magenta", name: "Magenta IoT Hub", kind: "thingsboard", host: "mqtt.magenta.example", port: 8883, transport: "mqtts", connection: STRAIGHT, trust: SYSTEM, own: false, details: { ...NO_DETAILS, preset: "magenta" } },
  {
    id: "kaa",
    name: "Own Kaa cluster",
    kind: "kaa",
    host: "",
    port: 8883,
    transport: "mqtts", connection: STRAIGHT,
    trust: SYSTEM,
    own: false,
    details: { ...NO_DETAILS, preset: "kaa", kaa: { base_url: "", header: "x-iamcore-api-key", read: template, change: { ...template, method: "PUT" } } },
  },
];

/** As in the frame: nothing is there before the engine has greeted. */
function AfterHello({ children }: { children: ReactNode }) {
  return useLive().welcome === null ? null : children;
}

function show(form: HubForm, answers: Parameters<typeof testPlatform>[0] = {}, kind: "web" | "desktop" = "web") {
  const saved: Hub[] = [];
  const platform = testPlatform({ "hub.presets": () => ({ presets: PRESETS }), "hub.save": () => HUB, ...answers }, kind);
  renderOn(
    platform,
    <AfterHello>
      <HubDialog initial={form} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={(hub) => saved.push(hub)} />
    </AfterHello>,
  );
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
    transport: "mqtts", connection: STRAIGHT,
    trust: { change: "set", mode: "system", kept: [], added: [] },
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
  await waitFor(() => expect(sent()).toMatchObject({ kind: "azure_dps", transport: "mqtts", details: { id_scope: "0ne00000001" } }));
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
  transport: "mqtts", connection: STRAIGHT,
  trust: { mode: "system_and_ca", certificates: [{ sha256: "AB", subject: "CN=ACME CA", common_name: "ACME CA", not_after: 1_995_000_000, source: "acme-ca.pem" }] },
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
  await screen.findByText("ACME CA");
  await user.click(screen.getByRole("button", { name: "Remove the preset ACME IoT" }));
  await screen.findByText(/Removed the preset ACME IoT/);
  expect(screen.queryByText("ACME CA")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("ACME CA");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ host: "mqtt.acme.example", trust: { change: "preset", preset: OWN.id } }));
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

/** At once: typing by keys takes long in a form of this size. */
async function enter(user: UserEvent, field: HTMLElement, text: string) {
  await user.click(field);
  await user.paste(text);
}

test("a broker behind WebSocket and a proxy is entered whole; the secrets go with it", async () => {
  const { sent } = show(newHub("mqtt_broker"));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "WS + TLS" }));
  expect(screen.getByRole("spinbutton", { name: "Port" })).toHaveProperty("value", "443");
  await enter(user, screen.getByRole("textbox", { name: "Host" }), "lab.example");
  const path = screen.getByRole("textbox", { name: "Path" });
  await user.clear(path);
  await enter(user, path, "/ws?tenant=a");
  // Folded: what is inside is said in a line.
  screen.getByText("straight to the host");
  await user.click(screen.getByText("Connection"));
  await user.click(screen.getByRole("radio", { name: "SOCKS5" }));
  await enter(user, screen.getByRole("textbox", { name: "Proxy host" }), "proxy.example");
  expect(screen.getByRole("spinbutton", { name: "Proxy port" })).toHaveProperty("value", "1080");
  await enter(user, screen.getByRole("textbox", { name: /^User name/ }), "me");
  await enter(user, screen.getByLabelText(/^Proxy password/, { selector: "input" }), "proxy secret");
  await enter(user, screen.getByRole("textbox", { name: "Headers" }), "X-Tenant: acme");
  await enter(user, screen.getByRole("textbox", { name: /^Connect to/ }), "10.0.0.7");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() =>
    expect(sent()).toMatchObject({
      transport: "wss",
      port: 443,
      connection: {
        path: "/ws?tenant=a",
        address: { host: "10.0.0.7", port: 443 },
        proxy: { choice: "own", proxy: { kind: "socks5h", host: "proxy.example", port: 1080, user_name: "me" } },
      },
      secrets: [
        { field: "proxy_password", draft: { change: "set", value: "proxy secret" } },
        { field: "headers", draft: { change: "set", value: "X-Tenant: acme" } },
      ],
    }),
  );
});

test("a Unix socket has a file and no host; a platform without WebSocket says so", async () => {
  const { sent } = show(newHub("mqtt_broker"));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "Unix" }));
  expect(screen.queryByRole("textbox", { name: "Host" })).toBeNull();
  expect(screen.queryByText("Connection")).toBeNull();
  await user.type(screen.getByRole("textbox", { name: "Socket file" }), "/run/mosquitto.sock");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ name: "/run/mosquitto.sock", host: "", port: 0, transport: "unix", connection: { socket: "/run/mosquitto.sock" } }));
  cleanup();

  show(newHub("thingsboard"));
  const socket = await screen.findByRole("radio", { name: "WS" });
  expect(socket.getAttribute("aria-disabled")).toBe("true");
  await user.click(socket);
  expect(screen.getByRole("radio", { name: "MQTT + TLS" }).getAttribute("aria-checked")).toBe("true");
});

test("Azure over port 443 is one choice", async () => {
  const { sent } = show(newHub("azure_iot_hub"));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "WS + TLS" }));
  await user.type(screen.getByRole("textbox", { name: "Host" }), "contoso.azure-devices.net");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(sent()).toMatchObject({ transport: "wss", port: 443, connection: { path: "/$iothub/websocket" } }));
});

test.each([
  [{ found: "none" } as const, /neither HTTPS_PROXY nor ALL_PROXY is set/],
  [{ found: "excepted", variable: "https_proxy" } as const, /NO_PROXY excepts this host/],
  [{ found: "used", variable: "ALL_PROXY", kind: "socks5h", host: "proxy.example", port: 1080, login: true } as const, "ALL_PROXY: SOCKS5 proxy.example:1080, with a login"],
])("what is found of the system's proxy is said", async (found, words) => {
  show(newHub("mqtt_broker"), { "proxy.found": () => found });
  const user = userEvent.setup();
  await user.click(await screen.findByText("Connection"));
  await user.click(screen.getByRole("radio", { name: "System" }));
  await screen.findByText(words);
});

test("a refused part of the folded connection is unfolded", async () => {
  show(newHub("mqtt_broker"), {
    "hub.save": () => {
      throw refusal({ code: "invalid_fields", fields: [{ field: "connection.alpn", problem: "out_of_range" }] });
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /Add hub/ }));
  await waitFor(() => expect(screen.getByText("Connection").closest("details")).toHaveProperty("open", true));
  expect(screen.getByRole("textbox", { name: /^ALPN/ }).getAttribute("aria-invalid")).toBe("true");
});

test("the server's CA is fetched, compared and trusted in two presses; axe finds nothing", async () => {
  const fetched: FetchedChain = {
    endpoint: "lab.example:8883",
    certificates: LAB_CHAIN,
    trusted: false,
    problem: "unknown_ca",
    explanation: { template: "Compare the fingerprint.", args: {} },
    name_matches: true,
    expected: "lab.example",
    root: { name: "Lab Root CA", words: { template: "Nobody knows it.", args: {} }, retired: true },
    said: null,
    now: 1_800_000_000,
  };
  const { platform, sent } = show(editHub(hubItem({ trust: { mode: "ca_only", certificates: [{ sha256: "AB", subject: "CN=Old", common_name: "Old CA", not_after: 1, source: "old.pem" }] } })), {
    "trust.fetch": () => fetched,
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Fetch server's certificate…" }));
  await screen.findByText(/^4D:91:2A/);
  screen.getByText(/Lab Root CA is retired/);
  expect(platform.calls.find(({ name }) => name === "trust.fetch")?.request).toMatchObject({ of: "form", hub: { host: "lab.example", trust: { change: "keep" } } });
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Trust Lab Root CA" }));
  await user.click(await screen.findByRole("button", { name: "Remove Old CA" }));
  await user.click(screen.getByRole("button", { name: /Save/ }));
  await waitFor(() => expect(sent().trust).toEqual({ change: "set", mode: "ca_only", kept: [], added: [{ from: "text", text: LAB_CHAIN[2]?.pem }] }));
});
