import { expect, test } from "vitest";
import type { ImportDevice, ImportHub, ImportPreview } from "@/contract";
import { deviceActions, importChoices } from "./choices";

const device = (index: number, verdict: ImportDevice["verdict"]): ImportDevice => ({ index, name: `d${index}`, verdict, differences: [], secrets: 1, left_out: [] });
const hub = (index: number, verdict: ImportHub["verdict"], devices: ImportDevice[]): ImportHub => ({
  index,
  name: `h${index}`,
  address: "h:1",
  verdict,
  differences: [],
  left_out: [],
  devices,
});
const preview: ImportPreview = {
  source: "hubscope",
  left_out: [],
  written: 0,
  version: "0.1.0",
  encrypted: false,
  settings: false,
  presets: [
    { index: 0, name: "p0", verdict: "new", differences: [] },
    { index: 1, name: "p1", verdict: "differs", differences: ["host"] },
  ],
  hubs: [hub(0, "new", [device(0, "new")]), hub(1, "differs", [device(1, "same"), device(2, "differs"), device(3, "new")])],
};

test("by itself only what is new comes in", () => {
  expect(importChoices(preview, { hubs: {}, devices: {}, presets: {} })).toEqual({
    hubs: [{ index: 0, action: "add" }],
    devices: [
      { index: 0, action: "add" },
      { index: 3, action: "add" },
    ],
    presets: [{ index: 0, action: "add" }],
  });
});

test("a new hub that is left out leaves its devices out", () => {
  expect(importChoices(preview, { hubs: { 0: "skip" }, devices: { 0: "add" }, presets: {} }).devices).toEqual([{ index: 3, action: "add" }]);
});

test("a copied hub gets its devices as copies, and what was chosen before comes back with the hub", () => {
  const devices = { 2: "replace" } as const;
  expect(importChoices(preview, { hubs: { 1: "add_copy" }, devices, presets: {} }).devices.slice(1)).toEqual([1, 2, 3].map((index) => ({ index, action: "add_copy" })));
  expect(importChoices(preview, { hubs: {}, devices, presets: {} }).devices).toContainEqual({ index: 2, action: "replace" });
});

test("what is here is replaced only where that can be chosen", () => {
  expect(deviceActions({ verdict: "same" }, "skip", "differs")).toEqual(["skip", "replace", "add_copy"]);
  expect(deviceActions({ verdict: "same" }, "skip", "same")).not.toContain("replace");
});
