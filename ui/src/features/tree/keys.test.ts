import { expect, test } from "vitest";
import type { Hub } from "@/contract";
import type { TreeRow } from "./model";
import { treeMove, typeAhead } from "./keys";

const hubRow = (name: string, open: boolean): TreeRow => ({
  kind: "hub",
  key: name,
  hub: { id: name, name } as unknown as Hub,
  open,
  stopped: false,
  live: 0,
  devices: 2,
  place: 1,
  siblings: 2,
});
const deviceRow = (name: string): TreeRow => ({ ...hubRow(name, false), kind: "device", device: { name } }) as unknown as TreeRow;
const rows = [hubRow("lab", true), deviceRow("thermo"), deviceRow("tank"), hubRow("field", false)];

test("arrows stop at the ends", () => {
  expect(treeMove("ArrowUp", rows, 0, 10)).toEqual({ to: 0 });
  expect(treeMove("ArrowDown", rows, 3, 10)).toEqual({ to: 3 });
  expect(treeMove("PageDown", rows, 1, 10)).toEqual({ to: 3 });
});

test("right opens, then enters; left goes to the hub, then closes", () => {
  expect(treeMove("ArrowRight", rows, 3, 10)).toEqual({ open: 3 });
  expect(treeMove("ArrowRight", rows, 0, 10)).toEqual({ to: 1 });
  expect(treeMove("ArrowLeft", rows, 2, 10)).toEqual({ to: 0 });
  expect(treeMove("ArrowLeft", rows, 0, 10)).toEqual({ close: 0 });
  expect(treeMove("ArrowLeft", rows, 3, 10)).toBeNull();
});

test("typing goes to the next name that starts so, round the end", () => {
  expect(typeAhead(rows, 0, "t")).toBe(1);
  expect(typeAhead(rows, 1, "t")).toBe(2);
  expect(typeAhead(rows, 2, "t")).toBe(1);
  expect(typeAhead(rows, 1, "ta")).toBe(2);
  expect(typeAhead(rows, 0, "x")).toBe(-1);
});
