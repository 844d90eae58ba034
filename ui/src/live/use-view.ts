import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ViewSpec, ViewStatus } from "@/contract";
import { usePlatform } from "@/platform";
import { useEpoch, useLiveStore, useRevision } from "./hooks";
import { ViewSource } from "./view-source";

export interface View {
  /** null until the engine has opened it. */
  source: ViewSource | null;
  status: ViewStatus | null;
  /** Why the last spec was refused, with the result of the one before still standing; or why opening failed. */
  error: unknown;
}

/** A view of the engine for as long as the component lives. A changed spec changes the view; `key` opens another. */
export function useView(spec: ViewSpec, key: string): View {
  const platform = usePlatform();
  const store = useLiveStore();
  const epoch = useEpoch();
  const cleared = useRevision("cleared");
  const [source, setSource] = useState<ViewSource | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wanted = useRef(spec);
  const opened = useRef<ViewSpec | null>(null);

  useEffect(() => {
    wanted.current = spec;
  });

  useEffect(() => {
    if (epoch === 0) return undefined;
    let open: ViewSource | null = null;
    let left = false;
    const first = wanted.current;
    ViewSource.open(platform, store, epoch, first)
      // A draft that is not a filter yet must not keep the table shut.
      .catch(() => ViewSource.open(platform, store, epoch, { ...first, query: "" }))
      .then((made) => {
        if (left) return made.close();
        open = made;
        opened.current = first;
        setSource(made);
        setError(null);
      })
      .catch((failure: unknown) => !left && setError(failure));
    return () => {
      left = true;
      open?.close();
      setSource(null);
    };
  }, [platform, store, epoch, key]);

  const changing = useRef(false);
  useEffect(() => {
    async function change(view: ViewSource) {
      changing.current = true;
      // Only the latest draft counts: what was typed meanwhile goes out in one piece.
      while (opened.current !== wanted.current) {
        const next = wanted.current;
        opened.current = next;
        const failure = await view.change(next).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        if (wanted.current === next) setError(failure);
      }
      changing.current = false;
    }
    if (source && !changing.current && opened.current !== spec) void change(source);
  }, [source, spec]);

  // What was cleared, or came back, changes what the same filter finds.
  const seen = useRef(cleared);
  useEffect(() => {
    if (seen.current === cleared) return;
    seen.current = cleared;
    if (source) source.change(wanted.current).catch(() => undefined);
  }, [source, cleared]);

  const status = useViewSourceStatus(source);
  return { source, status, error };
}

function useViewSourceStatus(source: ViewSource | null): ViewStatus | null {
  const subscribe = useCallback((listener: () => void) => source?.subscribe(listener) ?? (() => undefined), [source]);
  return useSyncExternalStore(subscribe, () => source?.status ?? null);
}
