import { expect, test } from "vitest";
import { textLines } from "./lines";

const broken = (text: string, columns = 4) => textLines(text, columns).map((line) => [line.number, text.slice(line.start, line.end)]);

test("breaks at line ends and wraps what is longer", () => {
  expect(broken("ab\r\ncdefgh\n\ni")).toEqual([[1, "ab"], [2, "cdef"], [null, "gh"], [3, ""], [4, "i"]]);
  expect(broken("")).toEqual([[1, ""]]);
});

test("never cuts a character in two", () => {
  expect(broken("abc🌡d")).toEqual([[1, "abc"], [null, "🌡d"]]);
});
