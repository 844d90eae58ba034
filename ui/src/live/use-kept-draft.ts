import { useEffect, useRef, useState } from "react";
import { usePlatform, type Platform } from "@/platform";

/** After the last change. */
const AFTER_MS = 500;

interface KeptDraft<T> {
  /** What was unfinished when the page was closed; null when nothing was, undefined until that is known. */
  restored: T | null | undefined;
  /** Forgets it: it was saved, published or given up. */
  forget: () => void;
}

/**
 * Keeps what is unfinished over a restart, under a key. What is kept is stored readable: secrets and files must not be
 * in `value`. Null: there is nothing to keep.
 */
export function useKeptDraft<T>(key: string, value: T | null): KeptDraft<T> {
  const platform = usePlatform();
  const [restored, setRestored] = useState<{ key: string; value: T | null } | null>(null);
  const writer = useRef<Writer | null>(null);
  const json = value === null ? null : JSON.stringify(value);
  const known = restored?.key === key;

  useEffect(() => {
    let left = false;
    platform
      .call("draft.get", { key })
      .then(({ json: kept }) => (kept === null ? null : (JSON.parse(kept) as T)))
      // One that cannot be read is none.
      .catch(() => null)
      .then((kept) => !left && setRestored({ key, value: kept }));
    return () => {
      left = true;
    };
  }, [platform, key]);

  useEffect(() => {
    const made = new Writer(platform, key);
    writer.current = made;
    const flush = () => made.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      made.flush();
    };
  }, [platform, key]);

  useEffect(() => {
    // Before it is known what was kept, the empty form must not take its place.
    if (known) writer.current?.write(json);
  }, [known, json]);

  return { restored: known ? restored.value : undefined, forget: () => writer.current?.forget() };
}

/** Writes the latest value of a key, shortly after it stood still. */
class Writer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wanted: string | null | undefined;
  private written: string | null | undefined;
  private over = false;

  constructor(
    private readonly platform: Platform,
    private readonly key: string,
  ) {}

  write(json: string | null): void {
    if (this.over) return;
    if (this.written === undefined && json === null) {
      this.written = null;
      return;
    }
    this.wanted = json;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), AFTER_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    const json = this.wanted;
    if (json === undefined || json === this.written) return;
    this.written = json;
    // What is not kept over a restart is still in the page; there is nothing to ask the user.
    this.platform.call("draft.set", { key: this.key, json }).catch(() => undefined);
  }

  forget(): void {
    this.wanted = null;
    this.written = undefined;
    this.flush();
    this.over = true;
  }
}
