import { expect, test } from "vitest";
import { clock } from "./clock";

test("runs down and ends at zero", () => {
  const ten = clock(10_000, 1_000);
  expect(ten.left(1_000)).toBe(10_000);
  expect(ten.left(5_000)).toBe(6_000);
  expect(ten.left(60_000)).toBe(0);
});

test("stands still while held, by pointer and focus together", () => {
  const ten = clock(10_000, 0);
  ten.hold(3_000);
  ten.hold(4_000);
  expect(ten.left(100_000)).toBe(7_000);
  ten.release(50_000);
  expect(ten.left(100_000)).toBe(7_000);
  ten.release(100_000);
  expect(ten.left(102_000)).toBe(5_000);
});
