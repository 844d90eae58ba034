import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CertificateEntry, JobState } from "@/contract";
import { applyLanguage } from "@/i18n";
import { certificateDetail, certificateEntry, deviceItem, hubItem, sha256Of } from "../../../tests/items";
import { Greeted, refusal, renderOn, testPlatform, WELCOME } from "../../../tests/platform";
import { CertificatesPage } from "./CertificatesPage";

const CODE = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";
const HUB = hubItem({ id: "p", kind: "azure_iot_hub", name: "acme-prod", host: "acme-prod.azure-devices.net" });
const DEVICE = deviceItem({ id: "e1", hub: "p", name: "edge one", client_id: "edge-1" });
const FACTORY = certificateEntry("Factory", { role: "issuing" });
const EDGE = certificateEntry("edge-1", { issued_by: sha256Of("Factory"), renewable: true, devices: ["e1"] });

afterEach(() => act(() => applyLanguage("en")));

beforeEach(() => {
  // What jsdom has not, and the table asks for.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Element.prototype.scrollIntoView = () => undefined;
});

function show(answers: Parameters<typeof testPlatform>[0] = {}, entries: CertificateEntry[] = [FACTORY, EDGE], selected = "Factory") {
  const platform = testPlatform({
    "tree.get": () => ({ hubs: [HUB], devices: [DEVICE] }),
    "certificate.list": () => ({ entries, requests: [] }),
    "certificate.inspect": ({ sha256 }) => certificateDetail(entries.find(({ certificate }) => certificate.sha256 === sha256) ?? FACTORY),
    "possession.mark": () => ({}),
    ...answers,
  });
  function Page() {
    const [name, setName] = useState<string | null>(sha256Of(selected));
    return <CertificatesPage selected={name} confirmKeys="Ctrl Enter" onSelect={setName} onOpenDevice={() => undefined} onOpenHub={() => undefined} />;
  }
  renderOn(platform, <Greeted><Page /></Greeted>);
  return platform;
}

const sent = (platform: ReturnType<typeof show>, name: string) => platform.calls.filter((call) => call.name === name).map(({ request }) => request);

test("the page has no accessibility faults, with a certificate and when it is empty", async () => {
  show();
  await screen.findByRole("heading", { name: /Factory/ });
  await screen.findByRole("row", { name: /^edge-1, client/ });
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, "color-contrast": { enabled: false }, "page-has-heading-one": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});

test("without certificates it says how to begin, and makes a root CA", async () => {
  const platform = show({ "authority.create": () => ({ sha256: "AA" }) }, []);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "New root CA…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByRole("textbox", { name: "Name" }), "ACME Root");
  await user.click(within(dialog).getByRole("button", { name: /Make root CA/ }));
  await waitFor(() => expect(sent(platform, "authority.create")).toEqual([{ common_name: "ACME Root", parent: null, key: "p256", days: 3650 }]));
});

test("a refused CA says which field needs another value, and what was typed stays", async () => {
  show({ "authority.create": () => Promise.reject(refusal({ code: "invalid_fields", fields: [{ field: "common_name", problem: "too_long" }] })) }, []);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "New root CA…" }));
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.type(name, "A");
  await user.click(screen.getByRole("button", { name: /Make root CA/ }));
  await screen.findByText("Too long.");
  expect((name as HTMLInputElement).value).toBe("A");
});

test("a list of ids becomes an order: those of the workspace get theirs, and the job shows how far it is", async () => {
  const platform = show({ "certificate.issue": () => ({ job: 7 }), "job.cancel": () => ({}) });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Issue device certificates…" }));
  await user.click(await screen.findByRole("textbox", { name: "Device IDs" }));
  await user.paste("edge-1\nedge-2\nedge-1");
  await screen.findByText("2 devices. 1 was there twice.");
  await user.click(screen.getByRole("button", { name: /Issue 2 certificates/ }));
  await waitFor(() =>
    expect(sent(platform, "certificate.issue")).toEqual([
      {
        authority: sha256Of("Factory"),
        devices: [
          { common_name: "edge-1", serial: null, device: "e1" },
          { common_name: "edge-2", serial: null, device: null },
        ],
        key: "p256",
        days: 365,
      },
    ]),
  );
  const tick = (number: number, state: JobState) =>
    platform.tick({ number, revisions: WELCOME.revisions, counters: { received: 0, sent: 0, kept: 0, evicted: 0, dropped: 0, stored: null, bytes: 0, log_bytes: 0, log_budget: 0, online: 0, rate: 0 }, views: [], jobs: [{ id: 7, kind: "certificate_issue", state, done: 1, total: 2, unit: "", phase: "" }] });
  tick(1, { state: "running" });
  await screen.findByText("1 of 2");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(sent(platform, "job.cancel")).toEqual([{ job: 7 }]));

  tick(2, { state: "cancelled" });
  await screen.findByText("No certificate was made.");
  // Another language says nothing a second time.
  act(() => applyLanguage("de"));
  await screen.findByRole("button", { name: "Neu" });
  expect(screen.queryByText("Kein Zertifikat wurde ausgestellt.")).toBeNull();
});

test("a list of ids comes from a file, unless that is too large", async () => {
  show();
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /^Issue device certificates/ }));
  const dialog = await screen.findByRole("dialog");
  const choose = async (file: File) => {
    const asked = vi.spyOn(HTMLInputElement.prototype, "click").mockImplementationOnce(function answer(this: HTMLInputElement) {
      Object.defineProperty(this, "files", { value: [file] });
      this.dispatchEvent(new Event("change"));
    });
    await user.click(within(dialog).getByRole("button", { name: "Choose file…" }));
    asked.mockRestore();
  };
  // jsdom's files cannot be read as text.
  await choose(Object.assign(new File([""], "pumps.csv"), { text: () => Promise.resolve("pump-1;north\npump-2;south\n") }));
  await within(dialog).findByText("2 devices.");
  const large = new File([""], "log.txt");
  Object.defineProperty(large, "size", { value: 17 * 1024 * 1024 });
  await choose(large);
  await within(dialog).findByText(/^The file is larger than 16 MB/);
  await choose(Object.assign(new File([""], "gone.txt"), { text: () => Promise.reject(new DOMException("gone", "NotReadableError")) }));
  await within(dialog).findByText(/^The file cannot be read/);
  within(dialog).getByText("2 devices.");
});

test("a CA is renewed for as long as before, and the dialog says what hubs need", async () => {
  const root = certificateEntry("Root", { role: "root", renewable: true, hubs: [{ hub: "p", trusts: false, possession: { state: "verified", at: 1 } }] });
  const platform = show({ "certificate.renew": () => ({ job: 7 }) }, [root], "Root");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "More for Root" }));
  await user.click(await screen.findByRole("menuitem", { name: "Renew…" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue replacements" });
  expect(dialog.textContent).toContain("prove possession again");
  expect(dialog.textContent).toContain("Noted here: acme-prod.");
  const days = Math.round((root.certificate.not_after - root.certificate.not_before) / 86_400);
  await user.click(within(dialog).getByRole("button", { name: /Issue replacement/ }));
  await waitFor(() => expect(sent(platform, "certificate.renew")).toEqual([{ certificates: [root.certificate.sha256], days, authority_days: days }]));
});

test("what ends soon is renewed together: a device can be valid as long as the new CA, and not as the old one", async () => {
  const now = Math.floor(Date.now() / 1000);
  const soon = { not_before: now - 100 * 86_400, not_after: now + 9 * 86_400 };
  const root = certificateEntry("Root", { role: "root", renewable: true }, { ...soon, self_signed: true });
  const pump = certificateEntry("pump", { issued_by: sha256Of("Root"), renewable: true }, soon);
  const platform = show({ "certificate.renew": () => ({ job: 7 }) }, [root, pump], "pump");
  const user = userEvent.setup();
  await screen.findByText("2 expire soon:");
  await user.click(screen.getByRole("button", { name: "Issue replacements…" }));
  const dialog = await screen.findByRole("dialog");
  const authorityDays = within(dialog).getByRole("spinbutton", { name: /CAs valid for/ });
  const deviceDays = within(dialog).getByRole("spinbutton", { name: /Devices valid for/ });
  await user.clear(authorityDays);
  await user.type(authorityDays, "300");
  await user.clear(deviceDays);
  await user.type(deviceDays, "301");
  expect(dialog.textContent).toContain("Too long: the CA itself ends");
  await user.clear(deviceDays);
  await user.type(deviceDays, "300");
  await user.click(within(dialog).getByRole("button", { name: /Issue 2 replacements/ }));
  await waitFor(() => expect(sent(platform, "certificate.renew")).toEqual([{ certificates: [root.certificate.sha256, pump.certificate.sha256], days: 300, authority_days: 300 }]));

  // Without the CA, its end is the limit again.
  await user.click(await screen.findByRole("button", { name: "Issue replacements…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("checkbox", { name: "Root" }));
  expect(screen.queryByRole("spinbutton", { name: /CAs/ })).toBeNull();
  expect(screen.getByRole("dialog").textContent).toContain("Too long: the CA itself ends");
});

test("a CA that was replaced signs no more", async () => {
  const old = certificateEntry("Old", { role: "root", replaced_by: sha256Of("New") });
  show({}, [old, certificateEntry("New", { role: "root", renewable: true })], "Old");
  const user = userEvent.setup();
  await screen.findByText("Replaced");
  expect(screen.queryByRole("button", { name: "Issue device certificates…" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "More for Old" }));
  for (const name of ["Prove possession to a hub…", "Revocation list…", "Renew…"]) {
    expect((await screen.findByRole("menuitem", { name })).getAttribute("aria-disabled")).toBe("true");
  }
});

test("deleting names the devices that lose their credential", async () => {
  const platform = show({ "certificate.delete": () => ({ undo: 1 }) }, undefined, "edge-1");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "More for edge-1" }));
  await user.click(await screen.findByRole("menuitem", { name: /Delete/ }));
  const dialog = await screen.findByRole("dialog", { name: "Delete edge-1?" });
  expect(dialog.textContent).toContain("edge one");
  await user.click(within(dialog).getByRole("button", { name: "Delete edge-1" }));
  await screen.findByText("Deleted edge-1");
  expect(sent(platform, "certificate.delete")).toEqual([{ certificates: [sha256Of("edge-1")] }]);
});

test("what no device uses is deleted at once", async () => {
  const platform = show({ "certificate.delete": () => ({ undo: 1 }) });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "More for Factory" }));
  await user.click(await screen.findByRole("menuitem", { name: /Delete/ }));
  await screen.findByText("Deleted Factory");
  expect(sent(platform, "certificate.delete")).toEqual([{ certificates: [sha256Of("Factory")] }]);
});

test("a readable key is never offered in a browser; a PKCS#12 file wants its passphrase twice", async () => {
  const platform = show({ "certificate.export": () => ({ file_name: null, download: null }) }, undefined, "edge-1");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Export" }));
  await screen.findByRole("menuitem", { name: "PKCS#12 with key…" });
  expect(screen.queryByRole("menuitem", { name: /Readable/ })).toBeNull();
  await user.click(screen.getByRole("menuitem", { name: "PKCS#12 with key…" }));
  await user.type(await screen.findByLabelText("New passphrase"), "long enough one");
  await user.type(screen.getByLabelText("Again"), "long enough one");
  await user.click(screen.getByRole("button", { name: /Export PKCS#12/ }));
  await waitFor(() => expect(sent(platform, "certificate.export")).toEqual([{ sha256: sha256Of("edge-1"), form: "pkcs12", passphrase: "long enough one" }]));
});

test("possession is proved in four steps, and leaving keeps how far it came", async () => {
  let kept: string | null = null;
  const platform = show({
    "draft.get": ({ key }) => ({ key, json: key.startsWith("possession/") ? kept : null }),
    "draft.set": ({ key, json }) => {
      if (key.startsWith("possession/")) kept = json;
      return {};
    },
    "possession.sign": ({ code }) => ({ pem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", subject: `CN=${code}`, issuer: "CN=Factory", key: "P-256", not_before: 1_795_000_000, not_after: 1_797_592_000 }),
  });
  const user = userEvent.setup();
  const open = async () => {
    await user.click(await screen.findByRole("button", { name: "More for Factory" }));
    await user.click(await screen.findByRole("menuitem", { name: "Prove possession to a hub…" }));
  };
  await open();
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  await user.click(await screen.findByRole("button", { name: "It is uploaded" }));
  await waitFor(() => expect(sent(platform, "possession.mark")).toEqual([{ authority: sha256Of("Factory"), hub: "p", state: "uploaded" }]));
  await user.click(await screen.findByRole("textbox", { name: "Verification code from the hub" }));
  await user.paste(` ${CODE}\n`);
  await screen.findByText("48 hex characters");
  await screen.findByText("spaces around it removed");

  await user.click(screen.getByRole("button", { name: "Leave, progress is kept" }));
  await waitFor(() => expect(kept).toContain(CODE));
  await open();
  await screen.findByText("48 hex characters");

  await user.click(screen.getByRole("button", { name: "Sign" }));
  await screen.findByText("Signed verification certificate");
  expect(sent(platform, "possession.sign")).toEqual([{ authority: sha256Of("Factory"), code: CODE, hub: "p" }]);
  await user.click(screen.getByRole("button", { name: /I uploaded it/ }));
  await user.click(await screen.findByRole("button", { name: "Note as verified" }));
  await waitFor(() => expect(sent(platform, "possession.mark")).toHaveLength(2));
  await waitFor(() => expect(kept).toBeNull());
});
