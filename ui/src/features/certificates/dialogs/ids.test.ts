import { expect, test } from "vitest";
import { readIds } from "./ids";

test("ids come one a line or as the first column of a table", () => {
  expect(readIds("edge-1\r\n\n# a remark\nedge-2;hall 3\n\"edge-3\",x\nedge-1\n")).toEqual({ ids: ["edge-1", "edge-2", "edge-3"], repeated: 1, tooLong: [] });
});

test("an id that no common name can carry is named", () => {
  const long = "x".repeat(65);
  expect(readIds(`${"y".repeat(64)}\n${long}`).tooLong).toEqual([long]);
});
