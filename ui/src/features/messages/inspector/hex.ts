import type { RowReply, RowSource } from "@/components/rows";
import { PIECE } from "../copy";

/** Bytes in one line. */
export const LINE_BYTES = 8;

/** One line of a hex view. */
export interface HexLine {
  ordinal: number;
  bytes: Uint8Array;
}

/** Reads `length` bytes from `offset`. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** The bytes of a payload as lines that are read when they are shown, however large it is. */
export class HexSource implements RowSource<HexLine> {
  readonly first = 0;
  readonly end: number;
  readonly generation = 1;
  readonly filling = false;

  constructor(
    size: number,
    private readonly read: ReadBytes,
  ) {
    this.end = Math.ceil(size / LINE_BYTES);
  }

  async request(from: number, count: number): Promise<RowReply<HexLine>> {
    const bytes = await this.read(from * LINE_BYTES, Math.min(PIECE, count * LINE_BYTES));
    const rows: HexLine[] = [];
    for (let at = 0; at < bytes.length; at += LINE_BYTES) {
      rows.push({ ordinal: from + at / LINE_BYTES, bytes: bytes.subarray(at, at + LINE_BYTES) });
    }
    return { generation: this.generation, rows };
  }

  locate(key: number): Promise<number | null> {
    return Promise.resolve(key);
  }

  ordinal(line: HexLine): number {
    return line.ordinal;
  }

  key(line: HexLine): number {
    return line.ordinal;
  }

  unsettled(): boolean {
    return false;
  }

  subscribe(): () => void {
    return () => undefined;
  }
}

/** Printable ASCII as it is, a dot for every other byte. */
export function asciiOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
  return text;
}
