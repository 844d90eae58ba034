import type { Entry } from "@/contract";
import type { Platform } from "@/platform";

/** Largest payload that is copied. */
export const COPY_MAX = 16 * 1024 * 1024;
/** The engine answers at most this much at once. */
export const PIECE = 1024 * 1024;

/** Reads a payload in pieces, up to `end`; `progress` hears how far it is, and `stopped` ends it with null. */
export async function readPayload(
  platform: Platform,
  seq: number,
  end: number,
  progress: (bytes: number) => void = () => undefined,
  stopped: () => boolean = () => false,
): Promise<Uint8Array | null> {
  const all = new Uint8Array(end);
  let offset = 0;
  while (offset < end) {
    const length = Math.min(PIECE, end - offset);
    const piece = new Uint8Array(await platform.bytes("message.payload", { seq, offset, length }));
    if (stopped()) return null;
    if (piece.length === 0) return all.slice(0, offset);
    all.set(piece, offset);
    offset += piece.length;
    progress(offset);
  }
  return all;
}

/** A payload as text; null when it is not UTF-8. */
export function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A payload as what goes to the clipboard: its text, or hex when it is not text. */
export function payloadForClipboard(bytes: Uint8Array): string {
  return asText(bytes) ?? hexOf(bytes);
}

export function hexOf(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of bytes) parts.push(byte.toString(16).padStart(2, "0"));
  return parts.join(" ");
}

export function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** A whole message as JSON, in the words of `hubscope-cli sub --json`. Topics hold no secrets: the log masks them. */
export function messageJson(entry: Entry, bytes: Uint8Array): string {
  const text = asText(bytes);
  return JSON.stringify(
    {
      time: isoMicros(entry.time),
      direction: entry.direction,
      topic: entry.topic,
      qos: entry.qos,
      retain: entry.retain,
      ...(entry.properties.length > 0 && { properties: entry.properties }),
      ...(text === null ? { payload_base64: base64Of(bytes) } : { payload: text }),
    },
    null,
    2,
  );
}

/** Unix microseconds as RFC 3339 with microseconds. */
export function isoMicros(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  return `${seconds}.${String(((micros % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, "0")}Z`;
}
