import { expect, test } from "vitest";
import { byteLength, checkPayload, topicProblem } from "./check";

test("topics that cannot be published to are told apart", () => {
  expect(topicProblem("lab/bench/temp")).toBeNull();
  expect(topicProblem(" lab ")).toBeNull();
  expect(topicProblem("")).toBe("empty");
  expect(topicProblem("lab/+/temp")).toBe("wildcard");
  expect(topicProblem("lab/#")).toBe("wildcard");
  expect(topicProblem("a\0b")).toBe("null");
  expect(topicProblem("ä".repeat(32_768))).toBe("too_long");
  expect(topicProblem("a".repeat(65_535))).toBeNull();
});

test("payloads are JSON, meant as JSON, or text", () => {
  expect(checkPayload("").kind).toBe("empty");
  expect(checkPayload('{"a": 1}').kind).toBe("json");
  expect(checkPayload("21.5").kind).toBe("json");
  expect(checkPayload("hello").kind).toBe("text");
  expect(checkPayload('{\n  "a": 1,\n}')).toEqual({ kind: "not_json", line: 3 });
});

test("bytes are counted in UTF-8", () => {
  expect(byteLength("21 °C 🌡")).toBe(11);
});
