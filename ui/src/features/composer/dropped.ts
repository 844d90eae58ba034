import { MOST_FILE_BYTES, uploadFile, type Platform } from "@/platform";
import type { Draft } from "./drafts";

/** A text of up to this many bytes is put into the editor; what is longer is sent as a file. */
const EDITOR_MAX = 1024 * 1024;

/** A dropped file as a payload: text in the editor, all else as bytes. Null when it is too large. */
export async function droppedPayload(platform: Platform, file: File): Promise<Pick<Draft, "payload" | "binary"> | null> {
  if (file.size > MOST_FILE_BYTES) return null;
  if (file.size <= EDITOR_MAX) {
    const text = textOf(await file.arrayBuffer());
    if (text !== null) return { payload: text, binary: null };
  }
  return { payload: "", binary: { file: await uploadFile(platform, file) } };
}

/** Bytes as text; null when they are none. A null character is in no text. */
function textOf(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
