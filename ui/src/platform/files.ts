import type { FileHandle, FilePurpose, HeldFile } from "@/contract";
import type { Platform } from "./platform";

const ACCEPTED: Record<FilePurpose, string> = {
  ca_certificate: ".pem,.crt,.cer,.der",
  client_certificate: ".pem,.crt,.cer,.der,.p12,.pfx",
  private_key: ".pem,.key,.der",
  certificate_request: ".csr,.req,.pem,.der",
  import: ".json,.hubscope,.conf",
  payload: "",
};

/** Lets the user choose a file: the app shows its own dialog, a browser uploads. Null when the user closed it. */
export async function chooseFile(platform: Platform, purpose: FilePurpose): Promise<HeldFile | null> {
  if (platform.kind === "desktop") return (await platform.call("file.choose", { purpose })).file;
  const file = await askBrowser(ACCEPTED[purpose]);
  if (file === null) return null;
  return uploadFile(platform, file);
}

/** Lets the user choose a file that the page itself reads, in the app as in a browser: nothing for secrets. Null when the user closed it. */
export function chooseTextFile(accept: string): Promise<File | null> {
  return askBrowser(accept);
}

/** The largest file that the engine holds for a page. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024;

/** Bytes of a piece: as base64 it fits a frame of the socket. */
const PIECE = 1024 * 1024;

/** Hands a file to the engine, a dropped one too. One piece after the other, so that a large file is never in memory twice; the engine says when it is too large. */
export async function uploadFile(platform: Platform, file: File): Promise<HeldFile> {
  let handle: FileHandle | null = null;
  for (let at = 0; ; at += PIECE) {
    const more = at + PIECE < file.size;
    const piece = base64(await file.slice(at, at + PIECE).arrayBuffer());
    const held: HeldFile = await platform.call("file.upload", { name: file.name, base64: piece, file: handle, more });
    if (!more) return held;
    handle = held.handle;
  }
}

/** Hands a file that the engine made to the browser, which puts it where its downloads go. */
export async function downloadFile(platform: Platform, file: FileHandle, name: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([await platform.bytes("file.download", { file })]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; the address is of no more use.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

function askBrowser(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < all.length; at += 0x8000) text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(text);
}
