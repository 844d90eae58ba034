import { expect, test } from "vitest";
import { fuzzy } from "./fuzzy";

const order = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, match: fuzzy(query, text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map(({ text }) => text);

test("beginnings of words and letters in a row come first", () => {
  expect(order("nw", "Unknown", "New window", "Now")).toEqual(["New window", "Now", "Unknown"]);
  expect(order("dev", "old device", "red velvet")).toEqual(["old device", "red velvet"]);
  expect(order("set", "Settings", "Reset zoom", "same value too")).toEqual(["Settings", "Reset zoom", "same value too"]);
});

test("letters that are missing or in another order do not match", () => {
  expect(fuzzy("xyz", "Settings")).toBeNull();
  expect(fuzzy("gs", "set")).toBeNull();
  expect(fuzzy("  ", "anything")).toEqual({ score: 0, at: [] });
});

test("it says where the letters are, and ignores case and spaces", () => {
  expect(fuzzy("new WIN", "New window")?.at).toEqual([0, 1, 2, 4, 5, 6]);
  expect(fuzzy("edge07", "edge-gw-07")?.at).toEqual([0, 1, 2, 3, 8, 9]);
});
