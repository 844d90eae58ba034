import { expect, test, vi } from "vitest";
import type { Entry } from "@/contract";
import type { Platform } from "@/platform";
import { isoMicros, messageJson, payloadForClipboard, PIECE, readPayload } from "./copy";

const entry: Entry = {
  seq: 1,
  time: 1_795_370_792_126_965,
  class: "message",
  direction: "in",
  session: 1,
  device: null,
  topic: "lab/token •7Qd2/temp",
  qos: 1,
  retain: false,
  dup: false,
  size: 3,
  form: "text",
  severity: null,
  text: null,
  outcome: null,
  properties: [],
};

test("times keep their microseconds, also before 1970", () => {
  expect(isoMicros(entry.time)).toBe("2026-11-22T18:06:32.126965Z");
  expect(isoMicros(-1)).toBe("1969-12-31T23:59:59.999999Z");
});

test("text is copied as text, other bytes as hex or base64", () => {
  const text = new TextEncoder().encode("21 °C");
  const bytes = new Uint8Array([0xff, 0x00]);
  expect(payloadForClipboard(text)).toBe("21 °C");
  expect(payloadForClipboard(bytes)).toBe("ff 00");
  expect(JSON.parse(messageJson(entry, text))).toMatchObject({ topic: "lab/token •7Qd2/temp", payload: "21 °C" });
  expect(JSON.parse(messageJson(entry, bytes))).toMatchObject({ payload_base64: "/wA=" });
});

test("a large payload is read in pieces of at most 1 MiB", async () => {
  const bytes = vi.fn((_name: string, { length }: { length: number }) => Promise.resolve(new ArrayBuffer(length)));
  const read = await readPayload({ bytes } as unknown as Platform, 1, 10 * 1024 * 1024 + 5);
  expect(read?.length).toBe(10 * 1024 * 1024 + 5);
  expect(bytes).toHaveBeenCalledTimes(11);
  expect(Math.max(...bytes.mock.calls.map(([, { length }]) => length))).toBe(PIECE);
});

test("reading stops when nobody wants it any more", async () => {
  const bytes = vi.fn((_name: string, { length }: { length: number }) => Promise.resolve(new ArrayBuffer(length)));
  expect(await readPayload({ bytes } as unknown as Platform, 1, 5 * PIECE, undefined, () => true)).toBeNull();
  expect(bytes).toHaveBeenCalledTimes(1);
});
