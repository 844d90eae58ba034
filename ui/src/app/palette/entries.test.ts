import { expect, test } from "vitest";
import { findEntries, type Entry } from "./entries";

const entry = (id: string, label: string, detail?: string): Entry => ({ id, kind: "action", label, detail, icon: "plus", run: () => undefined });
const ENTRIES = [entry("a", "Add hub"), entry("b", "Close tab"), entry("c", "Settings"), entry("d", "thermo-a", "Sandbox")];
const ids = (query: string, recent: string[] = []) => findEntries(query, ENTRIES, recent).map(({ id }) => id);

test("with nothing typed what was chosen last comes first, the rest in its order", () => {
  expect(ids("")).toEqual(["a", "b", "c", "d"]);
  expect(ids("  ", ["d", "c"])).toEqual(["d", "c", "a", "b"]);
});

test("what matches better comes first, a recent one before its equals", () => {
  expect(ids("set")).toEqual(["c", "b"]);
  expect(ids("ta")).toContain("b");
  const twins = [entry("x", "Copy one"), entry("y", "Copy two")];
  expect(findEntries("copy", twins, ["y"]).map(({ id }) => id)).toEqual(["y", "x"]);
});

test("where it belongs is searched too, and marks nothing in the label", () => {
  const [found] = findEntries("sandbox", ENTRIES, []);
  expect(found).toMatchObject({ id: "d", at: [] });
});
