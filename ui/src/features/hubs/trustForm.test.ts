import { expect, test } from "vitest";
import type { HubTrust, TrustedCertificate } from "@/contract";
import { LAB_CHAIN } from "../../../tests/diagnose";
import { editTrust, NEW_TRUST, presetTrust, rootOf, trustDraft, withFetched, withFile, without, withMode } from "./trustForm";

const CA: TrustedCertificate = { sha256: "AB", subject: "CN=ACME CA", common_name: "ACME CA", not_after: 1_995_000_000, source: "acme-ca.pem" };
const STORED: HubTrust = { mode: "ca_only", certificates: [CA] };
const FILE = { handle: 3, name: "lab-ca.pem", size: 900 };
const [leaf, , root] = LAB_CHAIN;

test("what was not touched is kept; a new hub begins with the system's roots", () => {
  expect(trustDraft(editTrust(STORED))).toEqual({ change: "keep" });
  expect(trustDraft(NEW_TRUST)).toEqual({ change: "set", mode: "system", kept: [], added: [] });
});

test("a file is trusted beside the system, and stays beside the stored ones", () => {
  expect(trustDraft(withFile(NEW_TRUST, FILE))).toEqual({ change: "set", mode: "system_and_ca", kept: [], added: [{ from: "file", handle: 3 }] });
  expect(trustDraft(withFile(editTrust(STORED), FILE))).toEqual({ change: "set", mode: "ca_only", kept: ["AB"], added: [{ from: "file", handle: 3 }] });
});

test("back to the system's roots nothing is sent, and a second look brings all of it back", () => {
  const system = withMode(editTrust(STORED), "system");
  expect(trustDraft(system)).toEqual({ change: "set", mode: "system", kept: [], added: [] });
  expect(trustDraft(withMode(system, "ca_only"))).toEqual({ change: "keep" });
});

test("the preset's own trust goes by the preset, until it is touched", () => {
  const preset = presetTrust("own", STORED);
  expect(preset && trustDraft(preset)).toEqual({ change: "preset", preset: "own" });
  expect(preset && trustDraft(withMode(preset, "system_and_ca"))).toEqual({ change: "set", mode: "system_and_ca", kept: [], added: [] });
  expect(presetTrust("own", { mode: "system", certificates: [] })).toBeNull();
});

test("what a server showed is trusted as its CA, its certificate or its chain", () => {
  expect(rootOf(LAB_CHAIN)).toBe(root);
  const source = (of: typeof leaf) => ({ from: "text", text: of?.pem });
  const ca = root === undefined ? [] : [root];
  expect(trustDraft(withFetched(NEW_TRUST, "ca", ca))).toEqual({ change: "set", mode: "system_and_ca", kept: [], added: [source(root)] });
  expect(trustDraft(withFetched(editTrust(STORED), "pin_chain", LAB_CHAIN))).toEqual({ change: "set", mode: "pinned_chain", kept: [], added: LAB_CHAIN.map(source) });
  const pinned = editTrust({ mode: "pinned_leaf", certificates: [CA] });
  // A renewal is prepared beside what is pinned; a CA takes its place.
  expect(trustDraft(withFetched(pinned, "pin_leaf", leaf === undefined ? [] : [leaf]))).toMatchObject({ mode: "pinned_leaf", kept: ["AB"], added: [source(leaf)] });
  expect(trustDraft(withFetched(pinned, "ca", ca))).toMatchObject({ mode: "ca_only", kept: [], added: [source(root)] });
});

test("one certificate goes by itself, a pinned chain goes whole", () => {
  const two: HubTrust = { mode: "ca_only", certificates: [CA, { ...CA, sha256: "CD" }] };
  expect(trustDraft(without(editTrust(two), CA))).toMatchObject({ kept: ["CD"] });
  expect(trustDraft(without(editTrust({ ...two, mode: "pinned_chain" }), CA))).toMatchObject({ kept: [], added: [] });
});
