import { expect, test } from "vitest";
import { JsonLines } from "./json-lines";
import { jsonChildren, jsonRoot } from "./json";

const shown = (text: string) => new JsonLines(text).lines().map((line) => `${" ".repeat(line.depth)}${line.name ?? ""}${line.text}`);

test("values stay as they came: large numbers, doubled keys, escapes", () => {
  const text = ' {"n":12345678901234567890,"n":1e400,"s":"a\\\\\\"}\\u202e",\n"o" : { } } ';
  const root = jsonRoot(text);
  const children = jsonChildren(text, root!);
  expect(children.map((child) => child.name)).toEqual(['"n"', '"n"', '"s"', '"o"']);
  expect(children.map((child) => text.slice(child.value.start, child.value.end))).toEqual([
    "12345678901234567890",
    "1e400",
    '"a\\\\\\"}\\u202e"',
    "{ }",
  ]);
});

test("a small object is open, with its closing bracket; what is empty cannot be opened", () => {
  expect(shown('{"a":1,"b":[true,null],"c":[]}')).toEqual(["", ' "a"1', ' "b"', "  true", "  null", " ]", ' "c"[ ]', "}"]);
});

test("a line keeps its key when lines before it open and close", () => {
  const lines = new JsonLines('{"a":{"x":1},"b":2}');
  const before = lines.lines();
  const a = before[1]!;
  const b = before.find((line) => line.name === '"b"')!;
  lines.toggle(a);
  const after = lines.lines();
  expect(after.find((line) => line.name === '"b"')?.key).toBe(b.key);
  expect(after[1]?.text).toBe("{ x }");
  expect(after.map((line) => line.key)).toEqual(after.map((line) => line.key).sort((x, y) => x - y));
});

test("a million items make as many lines as there are groups", () => {
  const lines = new JsonLines(`[${"1,".repeat(1_000_000)}1]`);
  lines.toggle(lines.lines()[0]!);
  expect(lines.lines().length).toBe(5003);
});

test("what is not JSON ends somewhere and does not throw", () => {
  for (const text of ["", "{", '{"a', '{"a":', "[1,", "[[[[", "}", '{"a" 1}', "[,]", "nul"]) expect(() => shown(text)).not.toThrow();
});
