import { expect, test } from "vitest";
import { lettersAndDigits, makeKey, makePassword, makeToken } from "./generators";

/** Every byte in turn, so that each value comes as often as any other. */
function everyByte() {
  let next = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => next++ % 256);
}

test("tokens and passwords are letters and digits of the right length, and no two are the same", () => {
  expect(makeToken()).toMatch(/^[A-Za-z0-9]{20}$/);
  expect(makePassword()).toMatch(/^[A-Za-z0-9]{24}$/);
  expect(new Set(Array.from({ length: 200 }, () => makeToken())).size).toBe(200);
});

test("over evenly spread bytes every letter comes equally often: the remainder of 256 favours none", () => {
  // 248 of 256 bytes are used: four whole alphabets.
  const text = lettersAndDigits(248, everyByte());
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(62);
  expect([...counts.values()].every((count) => count === 4)).toBe(true);
  // The eight bytes from 248 on are thrown away, not wrapped round to A to H.
  const bytes = [255, 248, 1];
  expect(lettersAndDigits(1, () => Uint8Array.of(bytes.shift() ?? 0))).toBe("B");
});

test("a key is the base64 of 32 bytes", () => {
  expect(atob(makeKey())).toHaveLength(32);
  expect(makeKey((count) => new Uint8Array(count))).toBe(btoa("\0".repeat(32)));
});
