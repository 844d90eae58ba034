import { expect, test } from "vitest";
import { looksLikeKey } from "./dropped";

test.each([
  ["device.key", true],
  ["edge-1-key.pem", true],
  ["private.pem", true],
  ["edge-1.pem", false],
  ["monkey.pem", false],
  ["edge-1.p12", false],
  ["ca.crt", false],
])("%s is a key: %s", (name, key) => {
  expect(looksLikeKey(name)).toBe(key);
});
