import { useCallback, useEffect, useState } from "react";
import { usePlatform } from "@/platform";
import { readPayload } from "../copy";
import type { ReadBytes } from "./hex";

/** Payloads up to this size are read whole at once. */
const AT_ONCE = 512 * 1024;
/** Of larger ones this much is read, until the user wants all. */
const FIRST = 64 * 1024;

export interface Payload {
  /** What has been read; null before the first piece. */
  bytes: Uint8Array | null;
  complete: boolean;
  /** How far reading all is; null while it is not asked for. */
  reading: number | null;
  error: unknown;
  readAll: () => void;
  read: ReadBytes;
}

interface Read {
  seq: number;
  bytes: Uint8Array | null;
  reading: number | null;
  error: unknown;
}

/** The payload of an entry: small ones whole, of large ones the beginning and the rest on demand. */
export function usePayload(seq: number, size: number): Payload {
  const platform = usePlatform();
  const [wantsAll, setWantsAll] = useState<number | null>(null);
  const [state, setState] = useState<Read>({ seq, bytes: null, reading: null, error: null });
  const all = wantsAll === seq;

  useEffect(() => {
    let left = false;
    const end = size <= AT_ONCE || all ? size : FIRST;
    readPayload(
      platform,
      seq,
      end,
      (done) => all && !left && setState((old) => (old.seq === seq ? { ...old, reading: done } : old)),
      () => left,
    )
      .then((bytes) => bytes && !left && setState({ seq, bytes, reading: null, error: null }))
      .catch((error: unknown) => !left && setState({ seq, bytes: null, reading: null, error }));
    return () => {
      left = true;
    };
  }, [platform, seq, size, all]);

  const read = useCallback<ReadBytes>(
    async (offset, length) => new Uint8Array(await platform.bytes("message.payload", { seq, offset, length })),
    [platform, seq],
  );
  const readAll = useCallback(() => {
    setState((old) => ({ ...old, reading: 0 }));
    setWantsAll(seq);
  }, [seq]);
  const current = state.seq === seq ? state : { seq, bytes: null, reading: null, error: null };
  return { ...current, complete: current.bytes !== null && current.bytes.length >= size, readAll, read };
}
