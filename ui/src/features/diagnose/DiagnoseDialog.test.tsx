import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { DiagnoseRun, DiagnoseSummary } from "@/contract";
import { LAB_CHAIN, report, ROOT_PRINT, run, UNKNOWN_CA } from "../../../tests/diagnose";
import { deviceItem, hubItem } from "../../../tests/items";
import { Greeted, refusal, renderOn, testPlatform, WELCOME } from "../../../tests/platform";
import { NO_COUNTERS } from "@/live/store";
import { DiagnoseDialog, type FormFix } from "./index";

const PASSED = report();
const summary = ({ id, running, report: { started, ended, endpoint, cancelled, steps } }: DiagnoseRun): DiagnoseSummary => {
  const failed = steps.find(({ state }) => state === "failed");
  return { id, running, started, ended, endpoint, cancelled, failed: failed === undefined ? null : [failed.step, failed.cause] };
};

/** An engine whose first run stops at an unknown CA until that is trusted. */
function show(answers: Parameters<typeof testPlatform>[0] = {}, atOnce = true) {
  const kept: DiagnoseRun[] = [];
  const forms: FormFix[] = [];
  let trusted = false;
  const platform = testPlatform({
    "diagnose.start": () => {
      kept.unshift(run(`r${kept.length + 1}`, trusted ? PASSED : UNKNOWN_CA));
      return { job: 1, run: kept[0]?.id ?? "" };
    },
    "diagnose.list": () => ({ runs: kept.map(summary) }),
    "diagnose.get": ({ run: id }) => kept.find((one) => one.id === id) ?? run(id, UNKNOWN_CA),
    "diagnose.text": () => ({ text: "Diagnose mqtt.lab.example:8883" }),
    "trust.add": () => {
      trusted = true;
      return { undo: 1 };
    },
    ...answers,
  });
  let closed = false;
  renderOn(
    platform,
    <Greeted>
      <DiagnoseDialog device={deviceItem()} hub={hubItem()} atOnce={atOnce} onForm={(fix) => forms.push(fix)} onClose={() => (closed = true)} />
    </Greeted>,
  );
  const callsOf = (name: string) => platform.calls.filter((call) => call.name === name).map(({ request }) => request);
  return { platform, forms, callsOf, isClosed: () => closed };
}

const chosen = () => screen.getAllByRole("option").find((option) => option.ariaSelected === "true" || option.getAttribute("aria-selected") === "true")?.getAttribute("aria-label");

test("the first failure is chosen and explained, with the chain and what to compare; arrows go on", async () => {
  show();
  expect(await screen.findByText("Stopped at step 4 after 20 ms")).toBeTruthy();
  const list = screen.getByRole("listbox", { name: "Steps" });
  await waitFor(() => expect(document.activeElement).toBe(list));
  expect(chosen()).toBe("4, Server certificate chain, 4.0 ms, unknown CA, failed");
  const detail = screen.getByRole("region", { name: "Server certificate chain" });
  within(detail).getByRole("heading", { name: /a CA that this computer does not know/ });
  const nodes = within(within(detail).getByRole("list", { name: "Certificate chain" })).getAllByRole("listitem");
  expect(nodes.map((node) => node.textContent)).toEqual([
    "mqtt.lab.exampleserver, P-256valid, 61 d left",
    "signed byLab Issuing CAissuing, P-256valid, 61 d left",
    "signed byLab Root CAself-signed, P-256not trusted here",
  ]);
  within(detail).getByText(/^4D:91:2A.*03:8B$/);
  screen.getByText("Steps 6 to 10 run as soon as step 4 passes. Nothing was sent to the hub beyond the handshake.");
  const user = userEvent.setup();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(chosen()).toBe("6, Client certificate, not reached");
  screen.getByText("Step 4 failed first. This one runs as soon as that passes.");
  await user.keyboard("{Home}");
  expect(chosen()).toMatch(/^1, Resolve name, .*ok$/);
});

test("trusting the CA takes two presses, with the fingerprint in sight, and runs again; the run is compared with the one before", async () => {
  const { platform, callsOf } = show();
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Trust this CA for this hub…" }));
  const ask = await screen.findByRole("dialog", { name: "Trust Lab Root CA for lab" });
  within(ask).getByText(/^4D:91:2A/);
  await user.click(within(ask).getByRole("button", { name: "Trust this CA" }));
  expect(callsOf("trust.add")).toEqual([{ hub: "h", how: "ca", from: { from: "text", text: LAB_CHAIN[2]?.pem } }]);
  await screen.findByText("All steps passed in 40 ms");
  // The engine tells that runs changed.
  act(() => platform.tick({ number: 1, revisions: { ...WELCOME.revisions, diagnoses: 2 }, counters: NO_COUNTERS, views: [], jobs: [] }));
  await screen.findByText(/other than in the run before/);
  expect(chosen()).toMatch(/^10, Echo, .*ok$/);
  screen.getByRole("option", { name: /^4, Server certificate chain.*was unknown CA, ok$/ });
  expect(screen.queryByRole("button", { name: "Connect once without checking…" })).toBeNull();
});

test("a certificate for another name is pinned from the step of the host name", async () => {
  const leaf = LAB_CHAIN[0]?.certificate.sha256 ?? "";
  const chain = UNKNOWN_CA.steps.find(({ step }) => step === "server_chain")?.evidence ?? null;
  const other = report({ server_chain: { evidence: chain }, host_name: { state: "failed", cause: "host_name_mismatch", fixes: [{ fix: "pin_leaf", sha256: leaf }] } });
  const { callsOf } = show({ "diagnose.get": ({ run: id }) => run(id, other) });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Pin this certificate for this hub…" }));
  await user.click(await screen.findByRole("button", { name: "Pin certificate" }));
  expect(callsOf("trust.add")).toEqual([{ hub: "h", how: "pin_leaf", from: { from: "text", text: LAB_CHAIN[0]?.pem } }]);
});

test("R runs again, and only one run at a time", async () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => (end = done));
  const { callsOf } = show({ "diagnose.get": ({ run: id }) => (id === "r1" ? run(id, UNKNOWN_CA) : ended.then(() => run(id, PASSED))) });
  await screen.findByText(/Stopped at step 4/);
  const list = screen.getByRole("listbox");
  fireEvent.keyDown(list, { key: "r" });
  await screen.findByText("Starting");
  fireEvent.keyDown(list, { key: "r" });
  end();
  await screen.findByText(/All steps passed/);
  expect(callsOf("diagnose.start")).toHaveLength(2);
  // The list stayed, and the focus in it.
  expect(screen.getByRole("listbox")).toBe(list);
});

test("connecting once asks twice where credentials would go, and begins at the safe button", async () => {
  const { callsOf, isClosed } = show({
    "session.connect_once": ({ send_credentials: send }) => {
      if (!send) throw refusal({ code: "credentials_unconfirmed" });
      return new Promise(() => undefined);
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Connect once without checking…" }));
  await screen.findByRole("dialog", { name: "Connect once without checking the server" });
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Cancel"));
  await user.click(screen.getByRole("button", { name: "Connect without checking" }));
  await screen.findByRole("dialog", { name: "Send the credentials, too" });
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Cancel"));
  expect(isClosed()).toBe(false);
  await user.click(screen.getByRole("button", { name: "Send credentials to an unchecked server" }));
  expect(callsOf("session.connect_once")).toEqual([{ device: "d", send_credentials: false }, { device: "d", send_credentials: true }]);
});

test("a running run shows its step and can be stopped", async () => {
  const half = report({ subscribe: { state: "not_reached", micros: null }, publish: { state: "not_reached", micros: null }, echo: { state: "not_reached", micros: null } });
  const { callsOf } = show({ "diagnose.get": ({ run: id }) => run(id, half, true), "job.cancel": () => ({}) });
  await screen.findByText("Step 8 of 10: Subscribe");
  expect(chosen()).toBe("8, Subscribe, Working");
  await userEvent.setup().click(screen.getByRole("button", { name: /Stop/ }));
  expect(callsOf("job.cancel")).toEqual([{ job: 1 }]);
});

test("what is mended in a form opens it; what is explained is explained", async () => {
  const clock = report({ connect: { state: "failed", cause: "clock_skew", fixes: [{ fix: "set_clock" }, { fix: "change_port" }] } });
  const { forms } = show({ "diagnose.get": ({ run: id }) => run(id, clock) });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "How to set the clock" }));
  screen.getByText(/set time automatically/);
  await user.click(screen.getByRole("button", { name: "Change port…" }));
  expect(forms).toEqual([{ fix: "change_port" }]);
});

test("without a run there is a way to begin; a refusal says why", async () => {
  const { callsOf } = show(
    {
      "diagnose.start": () => {
        throw refusal({ code: "vault_locked" });
      },
    },
    false,
  );
  await userEvent.setup().click(await screen.findByRole("button", { name: "Run Diagnose" }));
  await screen.findByText(/The vault is locked/);
  expect(callsOf("diagnose.start")).toHaveLength(1);
});

test("axe finds nothing", async () => {
  show();
  await screen.findByText(/Stopped at step 4/);
  // Colours are the tokens' test; jsdom paints none.
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  expect(ROOT_PRINT).toHaveLength(64);
});
