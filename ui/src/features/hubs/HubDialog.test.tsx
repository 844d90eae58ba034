import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Device, Hub } from "@/contract";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { DeviceDialog, editDevice, HubDialog, newHub } from "./index";

const HUB: Hub = { id: "h", kind: "mqtt_broker", name: "lab", host: "lab.example", port: 8883, tls: true, ca: null };

test("a refused save marks its fields, keeps everything typed and can be sent again", async () => {
  let refused = true;
  const saved: Hub[] = [];
  const platform = testPlatform({
    "hub.save": () => {
      if (refused) throw refusal({ code: "invalid_fields", fields: [{ field: "host", problem: "host_has_extra" }] });
      return HUB;
    },
  });
  const user = userEvent.setup();
  renderOn(platform, <HubDialog initial={newHub("mqtt_broker")} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={(hub) => saved.push(hub)} />);
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
  expect(platform.calls.at(-1)?.request).toEqual({
    id: null,
    kind: "mqtt_broker",
    name: "lab.example",
    host: "lab.example",
    port: 8883,
    tls: true,
    ca: { change: "system_roots" },
  });
});

test("what is not a number is said without asking the engine", async () => {
  const platform = testPlatform();
  const user = userEvent.setup();
  renderOn(platform, <HubDialog initial={newHub("mqtt_broker")} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={() => undefined} />);
  const port = await screen.findByRole("spinbutton", { name: "Port" });
  await user.clear(port);
  await user.type(port, "many");
  await user.click(screen.getByRole("button", { name: /Add hub/ }));
  expect(port.getAttribute("aria-invalid")).toBe("true");
  expect(port).toHaveProperty("value", "many");
  expect(platform.calls.some(({ name }) => name === "hub.save")).toBe(false);
});

test("a stored secret is never in the page, is kept by itself, and can be replaced and cleared", async () => {
  const device: Device = {
    id: "d",
    hub: "h",
    name: "bench",
    client_id: "c",
    credential: { kind: "basic", user_name: "u", password: { set: true, ends: "Q8w=" } },
    options: { version: "5", clean_session: true, keep_alive: 60, max_packet_size: 1024 },
  };
  const platform = testPlatform({ "device.save": () => device });
  const user = userEvent.setup();
  renderOn(platform, <DeviceDialog initial={editDevice(device)} hub={HUB} confirmKeys="Ctrl Enter" onClose={() => undefined} onSaved={() => undefined} />);
  const sent = () => (platform.calls.findLast(({ name }) => name === "device.save")?.request as { credential: unknown } | undefined)?.credential;
  const save = () => user.click(screen.getByRole("button", { name: /Save/ }));

  expect((await screen.findByRole("status", { name: "Password" })).textContent).toContain("ends Q8w=");
  await save();
  expect(sent()).toEqual({ kind: "basic", user_name: "u", password: { change: "keep" } });

  await user.click(screen.getByRole("button", { name: "Replace" }));
  const field = screen.getByLabelText("Password");
  expect(field).toHaveProperty("type", "password");
  await user.type(field, "new one");
  await save();
  expect(sent()).toEqual({ kind: "basic", user_name: "u", password: { change: "set", value: "new one" } });

  await user.click(screen.getByRole("button", { name: "Keep the stored one" }));
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await save();
  expect(sent()).toEqual({ kind: "basic", user_name: "u", password: { change: "clear" } });
});
