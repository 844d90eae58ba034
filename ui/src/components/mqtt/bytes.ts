import type { PayloadDraft } from "@/contract";

/** Text that begins so is read as bytes in hex, as the inspector shows bytes. */
const HEX = /^0x((?:[0-9a-f]{2})*)$/i;

/** What a field shows of a payload: its text, or its bytes as `0x…`. */
export function bytesText(draft: PayloadDraft | null): string {
  if (draft === null) return "";
  if (draft.encoding === "text") return draft.text;
  // A file stays a file: no field has its bytes.
  if (draft.encoding === "file") return "";
  return `0x${Array.from(atob(draft.base64), (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("")}`;
}

/** The payload that a field stands for; `0x…` is bytes. */
export function bytesDraft(text: string): PayloadDraft {
  const hex = HEX.exec(text)?.[1];
  if (hex === undefined || hex === "") return { encoding: "text", text };
  const bytes = hex.match(/../g) ?? [];
  return { encoding: "base64", base64: btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)))) };
}
