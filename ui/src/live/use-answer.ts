import { useEffect, useRef, useState } from "react";
import type { CommandTable } from "@/contract";
import { usePlatform } from "@/platform";

const AFTER_MS = 150;

export interface Answer<T> {
  /** The latest answer; it stays while a changed request is on its way and when that is refused. */
  answer: T | null;
  /** Why the latest request was refused. */
  error: unknown;
  /** What is known is of an earlier request. */
  pending: boolean;
}

/**
 * The answer to a request that changes while it is typed, asked for shortly after its last change. For commands that
 * change nothing. `again` asks anew when it changes though the request does not.
 */
export function useAnswer<K extends keyof CommandTable>(
  name: K,
  request: CommandTable[K]["request"] | null,
  again: unknown = null,
): Answer<CommandTable[K]["response"]> {
  const platform = usePlatform();
  const latest = useRef(request);
  const key = request === null ? null : JSON.stringify([request, again]);
  const [known, setKnown] = useState<{ key: string; answer: CommandTable[K]["response"] | null; error: unknown } | null>(null);

  useEffect(() => {
    latest.current = request;
  });

  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      const asked = latest.current;
      if (asked === null) return;
      platform.call(name, asked).then(
        (answer) => current && setKnown({ key, answer, error: null }),
        (error: unknown) => current && setKnown((old) => ({ key, answer: old?.answer ?? null, error })),
      );
    }, AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [platform, name, key]);

  if (key === null) return { answer: null, error: null, pending: false };
  return { answer: known?.answer ?? null, error: known?.error ?? null, pending: known?.key !== key };
}
