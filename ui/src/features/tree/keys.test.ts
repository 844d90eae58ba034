import { expect, test } from "vitest";
import type { Folder } from "@/contract";
import { deviceItem, hubItem } from "../../../tests/items";
import { treeStep, typeAhead } from "./keys";
import type { TreeRow } from "./model";
import { dropAt, step } from "./place";

const place = { place: 1, siblings: 2 };
const LAB = hubItem({ id: "lab", name: "lab" });
const FIELD = hubItem({ id: "field", name: "field" });
const hubRow = (hub: typeof LAB, open: boolean, level = 1): TreeRow => ({ ...place, kind: "hub", key: hub.id, hub, open, stopped: false, live: 0, devices: 2, level });
const deviceRow = (hub: typeof LAB, name: string, level = 2, folder: string | null = null): TreeRow => ({ ...place, kind: "device", key: name, hub, device: deviceItem({ id: name, name }), state: "idle", folder, level });
const folderRow = (id: string, hub: typeof LAB | null, open: boolean, level: number): TreeRow => {
  const folder: Folder = { id, hub: hub?.id ?? null, name: id };
  return { ...place, kind: "folder", key: id, folder, hub, open, items: 1, level };
};
const rows = [hubRow(LAB, true), deviceRow(LAB, "thermo"), deviceRow(LAB, "tank"), hubRow(FIELD, false)];

test("arrows stop at the ends", () => {
  expect(treeStep("ArrowUp", rows, 0, 10)).toEqual({ to: 0 });
  expect(treeStep("ArrowDown", rows, 3, 10)).toEqual({ to: 3 });
  expect(treeStep("PageDown", rows, 1, 10)).toEqual({ to: 3 });
});

test("right opens, then enters; left goes to what holds it, then closes", () => {
  expect(treeStep("ArrowRight", rows, 3, 10)).toEqual({ open: 3 });
  expect(treeStep("ArrowRight", rows, 0, 10)).toEqual({ to: 1 });
  expect(treeStep("ArrowLeft", rows, 2, 10)).toEqual({ to: 0 });
  expect(treeStep("ArrowLeft", rows, 0, 10)).toEqual({ close: 0 });
  expect(treeStep("ArrowLeft", rows, 3, 10)).toBeNull();
});

test("typing goes to the next name that starts so, round the end", () => {
  expect(typeAhead(rows, 0, "t")).toBe(1);
  expect(typeAhead(rows, 1, "t")).toBe(2);
  expect(typeAhead(rows, 2, "t")).toBe(1);
  expect(typeAhead(rows, 1, "ta")).toBe(2);
  expect(typeAhead(rows, 0, "x")).toBe(-1);
});

// lab { ovens { a }, b, c }, field { d }
const deep = [
  hubRow(LAB, true),
  folderRow("ovens", LAB, true, 2),
  deviceRow(LAB, "a", 3, "ovens"),
  deviceRow(LAB, "b"),
  deviceRow(LAB, "c"),
  hubRow(FIELD, true),
  deviceRow(FIELD, "d"),
];
const dev = (device: string) => ({ item: "device", device }) as const;

test("one place up or down stays among its like", () => {
  expect(step(deep, 4, -1)).toEqual({ item: dev("c"), folder: null, before: dev("b") });
  expect(step(deep, 3, 1)).toEqual({ item: dev("b"), folder: null, before: null });
  expect(step(deep, 3, -1)).toBeNull();
  expect(step(deep, 2, 1)).toBeNull();
  expect(step(deep, 5, -1)).toEqual({ item: { item: "hub", hub: "field" }, folder: null, before: { item: "hub", hub: "lab" } });
  expect(step(deep, 0, 1)).toEqual({ item: { item: "hub", hub: "lab" }, folder: null, before: null });
});

test("a drop goes before, behind or into what is under it, and only where it may", () => {
  expect(dropAt(deep, 4, 3, 0.2)).toMatchObject({ where: "before", move: { folder: null, before: dev("b") } });
  expect(dropAt(deep, 4, 2, 0.8)).toMatchObject({ where: "after", move: { folder: "ovens", before: null } });
  expect(dropAt(deep, 3, 1, 0.5)).toMatchObject({ where: "into", move: { folder: "ovens" } });
  expect(dropAt(deep, 2, 0, 0.5)).toMatchObject({ where: "into", move: { folder: null } });
  expect(dropAt(deep, 4, 6, 0.5)).toBeNull();
  expect(dropAt(deep, 4, 5, 0.5)).toBeNull();
  expect(dropAt(deep, 5, 0, 0.1)).toMatchObject({ where: "before", move: { before: { item: "hub", hub: "lab" } } });
  const top = [folderRow("factory", null, false, 1), ...deep];
  expect(dropAt(top, 1, 0, 0.5)).toMatchObject({ where: "into", move: { item: { item: "hub", hub: "lab" }, folder: "factory" } });
  expect(dropAt(top, 4, 0, 0.5)).toBeNull();
});
