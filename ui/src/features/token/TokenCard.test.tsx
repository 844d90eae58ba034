import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { TokenForm, TokenState, TokenStatus } from "@/contract";
import { deviceItem } from "../../../tests/items";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { TokenCard } from "./index";

const KAA = deviceItem({
  name: "soil-probe-19",
  credential: { kind: "endpoint_token", app_version: "v1", endpoint_id: "e", user_name: null },
  secrets: [{ field: "token", ends: "7Qd2" }],
});

function show(state: TokenState, form: TokenForm, answers: Parameters<typeof testPlatform>[0] = {}, device = KAA) {
  const status: TokenStatus = { device: device.id, state, since: null, form };
  const platform = testPlatform({ "token.status": () => status, "token.history": () => ({ events: [] }), "token.read": () => status, "token.change": () => status, ...answers });
  renderOn(platform, <TokenCard device={device} online onReplace={() => undefined} />);
  return { changes: () => platform.calls.filter(({ name }) => name === "token.change").map(({ request }) => request), platform };
}

const endpoint = (moves: Extract<TokenForm, { form: "endpoint" }>["moves"], readable = true): TokenForm => ({ form: "endpoint", read: null, readable, moves });
const SUSPENDED = endpoint([
  { to: "active", documented: true },
  { to: "revoked", documented: false },
]);

test("revoking asks for the device's name, and what the vendor does not document is offered as a try", async () => {
  const { changes } = show("suspended", SUSPENDED);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Try to revoke…" }));
  await screen.findByText(/The hub's answer decides/);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Keep token"));
  const revoke = screen.getByRole("button", { name: "Revoke token" });
  await user.type(screen.getByLabelText("Type soil-probe-19 to go on"), "soil-probe-1");
  await user.click(revoke);
  expect(changes()).toHaveLength(0);
  await user.type(screen.getByLabelText("Type soil-probe-19 to go on"), "9");
  await user.click(revoke);
  await waitFor(() => expect(changes()).toEqual([{ device: "d", to: "revoked", typed_name: "soil-probe-19", reason: null }]));
});

test("the states are a picture with words, and a refusal by the hub is said", async () => {
  show("suspended", SUSPENDED, { "token.change": () => Promise.reject(refusal({ code: "rest_failed" })) });
  await screen.findByRole("img", { name: /It is now: Suspended\. From here it can become: Active\. From here it may become: Revoked/ });
  await userEvent.click(screen.getByRole("button", { name: "Reactivate" }));
  await screen.findByText("The hub's REST API did not do it.");
});

test("a state that is old is read once when the card is opened, a fresh one is not", async () => {
  const now = Math.floor(Date.now() / 1000);
  const reads = (platform: ReturnType<typeof testPlatform>) => platform.calls.filter(({ name }) => name === "token.read").length;
  const old = show("active", { form: "endpoint", read: now - 300, readable: true, moves: [] }, { "token.read": () => Promise.reject(refusal({ code: "rest_failed" })) });
  await screen.findByText("The hub's REST API did not do it.");
  expect(reads(old.platform)).toBe(1);
  cleanup();
  const fresh = show("active", { form: "endpoint", read: now - 5, readable: true, moves: [] });
  await screen.findByText(/^read \d+ s ago$/);
  expect(reads(fresh.platform)).toBe(0);
});

test("without the REST API nothing can be asked, and it says what is missing", async () => {
  const { changes } = show("active", endpoint([{ to: "suspended", documented: true }], false));
  await userEvent.click(await screen.findByRole("button", { name: "Suspend…" }));
  expect(changes()).toHaveLength(0);
  expect(screen.getByText(/needs the REST API and its key/)).not.toBeNull();
});

test("auto-renew is saved with the credential and touches nothing else", async () => {
  const device = deviceItem({ credential: { kind: "shared_access_key", sign_with: "secondary", sas: { lifetime: 900, auto_renew: true } } });
  const now = Math.floor(Date.now() / 1000);
  const form: TokenForm = { form: "sas", issued: now - 100, expires: now + 800, renews: now + 600, auto_renew: true, last: null };
  const { platform } = show("active", form, { "device.save": () => device, "token.renew": () => ({}) }, device);
  await screen.findByRole("img", { name: "13 min left" });
  await userEvent.click(screen.getByRole("switch", { name: "Auto-renew" }));
  await waitFor(() => expect(platform.calls.some(({ name }) => name === "device.save")).toBe(true));
  expect(platform.calls.find(({ name }) => name === "device.save")?.request).toMatchObject({
    credential: { kind: "shared_access_key", sign_with: "secondary", sas: { lifetime: 900, auto_renew: false } },
    secrets: [],
    certificate: { change: "keep" },
  });
  await userEvent.click(screen.getByRole("button", { name: "Renew now" }));
  await waitFor(() => expect(platform.calls.at(-1)).toEqual({ name: "token.renew", request: { device: "d" } }));
});
