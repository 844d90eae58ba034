import { expect, test } from "vitest";
import { checkCode, shortCode } from "./code";

const CODE = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";

test("white space around a code is taken away, and said", () => {
  expect(checkCode(` ${CODE}\n`)).toEqual({ code: CODE, trimmed: true, length: 48, hex: true, spaces: false, usable: true });
});

test.each([
  ["", false],
  ["75B8 6466", false],
  ["A".repeat(65), false],
  ["not-hex-but-a-name", true],
])("%j can be signed: %s", (text, usable) => {
  expect(checkCode(text).usable).toBe(usable);
});

test("a long code is told by its ends", () => {
  expect(shortCode(CODE)).toBe("75B86466DA34…BDDB3");
});
