import { expect, test } from "vitest";
import { pushSample, sparkPoints } from "./sparkline";

test("keeps the last samples", () => {
  expect(pushSample([1, 2, 3], 4, 3)).toEqual([2, 3, 4]);
});

test("the newest sample is at the right, the highest at the top, silence at the bottom", () => {
  expect(sparkPoints([0, 10], 3, 20, 10)).toBe("10.0,10.0 20.0,0.0");
  expect(sparkPoints([0, 0, 0], 3, 20, 10)).toBe("0.0,10.0 10.0,10.0 20.0,10.0");
});
