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
  expect(navigate(two, { go: "known", devices: new Set(["a"]) })).toMatchObject({ tabs: ["a"], current: "a" });
  expect(navigate(two, { go: "known", devices: new Set() })).toMatchObject({ tabs: [], current: null });
  expect(navigate(two, { go: "known", devices: new Set(["a", "b"]) })).toBe(two);
});

test("each wish to paste is a new one, and the page alone does not go to its box", () => {
  const asked = walk({ go: "start-page", paste: true }, { go: "start-page", paste: true });
  expect(asked).toMatchObject({ startPage: true, paste: 2 });
  expect(navigate(asked, { go: "start-page" })).toMatchObject({ startPage: true, paste: 0 });
});

test("tabs go round", () => {
  const two = walk({ go: "device", device: "a" }, { go: "device", device: "b" });
  expect(navigate(two, { go: "next-tab", step: 1 }).current).toBe("a");
  expect(navigate(AT_START, { go: "next-tab", step: 1 })).toBe(AT_START);
});
