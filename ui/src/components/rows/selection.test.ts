import { expect, test } from "vitest";
import { carryOver, contains, extend, isRange, resolve, single } from "./selection";

const mark = (ordinal: number | null, key: number | null) => ({ ordinal, key });

test("a range counts from the anchor in both directions, by keys", () => {
  const down = extend(single(mark(5, 50)), mark(8, 80));
  const up = extend(down, mark(3, 30));
  expect(contains(down, 70, 7)).toBe(true);
  expect(contains(up, 40, 4)).toBe(true);
  expect(contains(up, 60, 6)).toBe(false);
  expect(isRange(up)).toBe(true);
  expect(isRange(extend(up, mark(5, 50)))).toBe(false);
});

test("a row that is not loaded is selected by its ordinal and gets its key when it comes", () => {
  const pending = single(mark(9, null));
  expect(contains(pending, 90, 9)).toBe(true);
  const known = resolve(pending, 9, 90);
  expect(known.active).toEqual(mark(9, 90));
  expect(known.anchor).toBe(known.active);
  expect(resolve(known, 10, 100)).toBe(known);
});

test("into a new generation only keys are taken", () => {
  const carried = carryOver(extend(single(mark(5, 50)), mark(8, null)));
  expect(carried?.active).toEqual(mark(null, 50));
  expect(carryOver(single(mark(5, null)))).toBeNull();
  expect(resolve(carryOver(single(mark(5, 50)))!, 2, 50).active).toEqual(mark(2, 50));
});
