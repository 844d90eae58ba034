import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { ConnectParameters, DecodedSas, Device, DeviceDraft, Hub } from "@/contract";
import { useLive } from "@/live";
import type { Platform } from "@/platform";
import { deviceItem, hubItem } from "../../../tests/items";
import { PageKeys } from "../../../tests/PageKeys";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { CredentialsCard } from "./index";

const CONNECT: ConnectParameters = {
  host: "mqtt.magenta.example",
  port: 8883,
  transport: "mqtts",
  path: null,
  will: null,
  client_certificate: false,
  version: "3.1.1",
  client_id: { shown: "anything" },
  user_name: { shown: "masked", word: "token", ends: "1aHd" },
  password: { shown: "empty" },
  clean_session: true,
  keep_alive: 60,
  max_packet_size: 65_536,
  max_qos: 1,
  retain: false,
  topic: "v1/devices/me/telemetry",
  rules: ["things_board_token_is_user_name"],
};

const SAS: DecodedSas = {
  resource: "acme.azure-devices.net/devices/gw",
  expiry: 1_795_345_540,
  policy: null,
  masked: "SharedAccessSignature sr=acme&sig=•••&se=1795345540",
  expired: false,
  resource_fits: true,
  signature: "primary",
};

/** The frame shows its pages once the engine has said hello. */
function Ready({ children }: { children: ReactNode }) {
  return useLive().welcome === null ? null : children;
}

let devices = 0;

/** Each test has a device of its own: unsaved changes are kept by device. */
function fresh(part: Partial<Device> = {}): Device {
  devices += 1;
  return deviceItem({ id: `d${devices}`, credential: { kind: "access_token" }, secrets: [{ field: "token", ends: "x9Rt" }], ...part });
}

function show(hub: Hub, device: Device, answers: Parameters<typeof testPlatform>[0] = {}, kind: Platform["kind"] = "web") {
  const platform = testPlatform({ "credential.preview": () => CONNECT, "device.save": () => device, "sas.current": () => SAS, ...answers }, kind);
  renderOn(
    platform,
    <Ready>
      <CredentialsCard device={device} hub={hub} />
      <PageKeys />
    </Ready>,
  );
  const sent = () => platform.calls.filter(({ name }) => name === "device.save").map(({ request }) => request as DeviceDraft);
  return { platform, sent };
}

const THINGSBOARD = hubItem({ kind: "thingsboard" });

test("what CONNECT will carry is shown with its secrets masked, and the last answer stays", async () => {
  let refused = false;
  const { platform } = show(THINGSBOARD, fresh(), {
    "credential.preview": () => (refused ? Promise.reject(refusal({ code: "invalid_fields" })) : CONNECT),
  });
  await screen.findByText("mqtt.magenta.example:8883");
  expect(screen.getByText("token •1aHd")).not.toBeNull();
  for (const what of ["Host", "Topic"]) expect(screen.getByRole("button", { name: `Copy ${what}` })).not.toBeNull();
  expect(screen.queryByRole("button", { name: "Copy User name" })).toBeNull();
  expect(screen.getByText("The token is the user name; a password is not looked at.")).not.toBeNull();
  refused = true;
  const before = platform.calls.length;
  await userEvent.type(screen.getByLabelText("Token"), "abc");
  await waitFor(() => expect(platform.calls.length).toBeGreaterThan(before));
  expect(screen.getByText("mqtt.magenta.example:8883")).not.toBeNull();
});

test("a change is marked as not saved, Ctrl S saves it, Discard takes it back", async () => {
  const device = fresh({ name: "freezer-1" });
  const { sent } = show(THINGSBOARD, device);
  const user = userEvent.setup();
  expect(screen.queryByRole("button", { name: /Save/ })).toBeNull();
  await user.click(await screen.findByRole("button", { name: "Make a new one" }));
  await screen.findByText("Not saved yet.");
  expect(screen.getByText(/^freezer-1 in the field must get the new token, .* The old one ends x9Rt\.$/)).not.toBeNull();
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(screen.queryByText("Not saved yet.")).toBeNull();

  await user.type(screen.getByLabelText("Token"), "my-token");
  fireEvent.keyDown(window, { key: "s", ctrlKey: true });
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]).toMatchObject({ id: device.id, secrets: [{ field: "token", draft: { change: "set", value: "my-token" } }] });
  await waitFor(() => expect(screen.queryByText("Not saved yet.")).toBeNull());
});

test("another kind asks before the stored secret goes, and keeps what was typed", async () => {
  const { sent } = show(THINGSBOARD, fresh());
  const user = userEvent.setup();
  await user.click(await screen.findByRole("radio", { name: "MQTT basic" }));
  await user.type(screen.getByRole("textbox", { name: "User name" }), "grid-west");
  await user.click(screen.getByRole("radio", { name: "Access token" }));
  await user.click(screen.getByRole("radio", { name: "MQTT basic" }));
  expect(screen.getByRole("textbox", { name: "User name" })).toHaveProperty("value", "grid-west");

  await user.click(screen.getByRole("button", { name: /Save/ }));
  await screen.findByText(/leaves the vault: token/);
  expect(sent()).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Change to MQTT basic" }));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]).toMatchObject({
    credential: { kind: "basic", user_name: "grid-west" },
    secrets: [
      { field: "password", draft: { change: "clear" } },
      { field: "token", draft: { change: "clear" } },
    ],
  });
});

test("the desktop app reveals, copies and makes tokens; a browser does none of it", async () => {
  const azure = hubItem({ kind: "azure_iot_hub" });
  const keys = [
    { field: "primary_key", ends: "Q8w=" },
    { field: "secondary_key", ends: "r1k=" },
  ] as const;
  const credential = { kind: "shared_access_key", sign_with: "primary", sas: { lifetime: 3_600, auto_renew: true } } as const;
  const device = fresh({ client_id: "gw", credential, secrets: [...keys] });
  const { platform } = show(
    azure,
    device,
    { "credential.copy": () => ({}), "credential.swap": () => device, "credential.reveal": () => ({ text: "c2VjcmV0" }) },
    "desktop",
  );
  const user = userEvent.setup();
  await screen.findByText("this device");
  expect(screen.getByText("HMAC-SHA256, matches primary")).not.toBeNull();
  await user.click(screen.getAllByRole("button", { name: "Show for 30 s" })[0] as HTMLElement);
  await waitFor(() => expect(screen.getByLabelText("Primary", { selector: "input" })).toHaveProperty("value", "c2VjcmV0"));
  await user.click(screen.getByRole("button", { name: "Copy connection string" }));
  await waitFor(() => expect(platform.calls.at(-1)).toEqual({ name: "credential.copy", request: { device: device.id, what: { what: "connection_string" } } }));
  await user.click(screen.getByRole("button", { name: "Primary and secondary change places" }));
  await waitFor(() => expect(platform.calls.some(({ name }) => name === "credential.swap")).toBe(true));
});

test("Azure devices with a ready-made token or a certificate have a connection string too", async () => {
  const kinds = [
    { credential: { kind: "sas_token" }, secrets: [{ field: "token", ends: null }] },
    { credential: { kind: "x509", trust: "authority" }, secrets: [] },
  ] as const;
  for (const { credential, secrets } of kinds) {
    const device = fresh({ credential, secrets: [...secrets] });
    const { platform } = show(hubItem({ kind: "azure_iot_hub" }), device, { "credential.copy": () => ({}) }, "desktop");
    await userEvent.click(await screen.findByRole("button", { name: "Copy connection string" }));
    await waitFor(() => expect(platform.calls.find(({ name }) => name === "credential.copy")?.request).toEqual({ device: device.id, what: { what: "connection_string" } }));
    cleanup();
  }
});

test("a pasted SAS token is read at once, and one for another device is called that", async () => {
  const device = fresh({ credential: { kind: "sas_token" }, secrets: [] });
  const { platform } = show(hubItem({ kind: "azure_iot_hub" }), device, {
    "sas.decode": () => ({ ...SAS, resource_fits: false, signature: "wrong", resource: "acme.azure-devices.net/devices/other" }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByLabelText("Token"));
  await user.paste("SharedAccessSignature sr=x&sig=y&se=1");
  await screen.findByText("does not open this device");
  expect(screen.getByText("made with another key")).not.toBeNull();
  expect(platform.calls.find(({ name }) => name === "sas.decode")?.request).toEqual({ token: "SharedAccessSignature sr=x&sig=y&se=1", device: device.id, hub: null });
});
