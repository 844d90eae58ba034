import { expect, test } from "vitest";
import { AT_START, navigate, type Move } from "./navigation";

const walk = (...moves: Move[]) => moves.reduce(navigate, AT_START);

test("a device is opened once; closing shows its neighbour", () => {
  const three = walk({ go: "device", device: "a" }, { go: "device", device: "b" }, { go: "device", device: "c" }, { go: "device", device: "b" });
  expect(three).toMatchObject({ tabs: ["a", "b", "c"], current: "b" });
  expect(navigate(three, { go: "close-tab", device: "b" })).toMatchObject({ tabs: ["a", "c"], current: "c" });
  expect(navigate(three, { go: "close-tab", device: "a" })).toMatchObject({ tabs: ["b", "c"], current: "b" });
});

test("tabs of deleted devices close", () => {
  const two = walk({ go: "device", device: "a" }, { go: "device", device: "b" });
  expect(navigate(two, { go: "gone", devices: new Set(["b"]) })).toMatchObject({ tabs: ["a"], current: "a" });
  expect(navigate(two, { go: "gone", devices: new Set(["a", "b"]) })).toMatchObject({ tabs: [], current: null });
  expect(navigate(two, { go: "gone", devices: new Set(["c"]) })).toBe(two);
});

test("each wish to paste is a new one, and the page alone does not go to its box", () => {
  const asked = walk({ go: "start-page", paste: true }, { go: "start-page", paste: true });
  expect(asked).toMatchObject({ startPage: true, paste: 2 });
  expect(navigate(asked, { go: "start-page" })).toMatchObject({ startPage: true, paste: 0 });
});

test("closed tabs come back to their place, the latest first", () => {
  const closed = walk(
    { go: "device", device: "a" },
    { go: "device", device: "b" },
    { go: "device", device: "c" },
    { go: "close-tab", device: "a" },
    { go: "close-tab", device: "c" },
  );
  const once = navigate(closed, { go: "reopen-tab" });
  expect(once).toMatchObject({ tabs: ["b", "c"], current: "c" });
  const twice = navigate(once, { go: "reopen-tab" });
  expect(twice).toMatchObject({ tabs: ["a", "b", "c"], current: "a" });
  expect(navigate(twice, { go: "reopen-tab" })).toBe(twice);
  // Opened by hand meanwhile: the one before it comes back.
  expect(navigate(navigate(closed, { go: "device", device: "c" }), { go: "reopen-tab" })).toMatchObject({ tabs: ["a", "b", "c"], current: "a" });
});

test("tabs move, and a deleted device is not reopened", () => {
  const three = walk({ go: "device", device: "a" }, { go: "device", device: "b" }, { go: "device", device: "c" });
  expect(navigate(three, { go: "move-tab", device: "c", to: 0 })).toMatchObject({ tabs: ["c", "a", "b"], current: "c" });
  expect(navigate(three, { go: "move-tab", device: "a", to: 9 }).tabs).toEqual(["b", "c", "a"]);
  const others = navigate(three, { go: "close-other-tabs", device: "b" });
  expect(others).toMatchObject({ tabs: ["b"], current: "b" });
  expect(navigate(others, { go: "gone", devices: new Set(["a", "c"]) }).closed).toEqual([]);
});

test("the tabs of the last time come back beside what is open already", () => {
  const opened = walk({ go: "device", device: "x" }, { go: "restore", tabs: ["a", "b"], current: "b" });
  expect(opened).toMatchObject({ tabs: ["a", "b", "x"], current: "x" });
  expect(walk({ go: "restore", tabs: ["a", "b"], current: "b" })).toMatchObject({ tabs: ["a", "b"], current: "b" });
});

test("tabs go round", () => {
  const two = walk({ go: "device", device: "a" }, { go: "device", device: "b" });
  expect(navigate(two, { go: "next-tab", step: 1 }).current).toBe("a");
  expect(navigate(AT_START, { go: "next-tab", step: 1 })).toBe(AT_START);
});
