import { expect, test } from "vitest";
import { visibleParts, visibleString } from "./visible";

test("plain text of any script is one part", () => {
  const text = "temperature 21.5 °C 温度 حرارة 🌡️";
  expect(visibleParts(text)).toEqual([{ text }]);
});

test("control, bidi and zero-width characters and lone surrogates become marks", () => {
  expect(visibleParts("a\u0000b\u202ec")).toEqual([{ text: "a" }, { code: 0 }, { text: "b" }, { code: 0x202e }, { text: "c" }]);
  expect(visibleString("\u200bx\ud800")).toBe("‹200B›x‹D800›");
  expect(visibleString("line\nnext\u007f")).toBe("line‹␊›next‹␡›");
});
