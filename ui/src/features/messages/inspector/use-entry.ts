import { useEffect, useState } from "react";
import type { Entry } from "@/contract";
import type { ViewSource } from "@/live";
import { usePlatform } from "@/platform";

/** Everything about an entry; a publish that is on its way is asked again until its outcome is known. */
export function useEntry(seq: number, source: ViewSource): { entry: Entry | null; error: unknown } {
  const platform = usePlatform();
  const [state, setState] = useState<{ seq: number; entry: Entry | null; error: unknown }>({ seq, entry: null, error: null });

  useEffect(() => {
    let left = false;
    let asking = false;
    let settled = false;
    async function ask() {
      if (asking || settled) return;
      asking = true;
      try {
        const entry = await platform.call("message.get", { seq });
        settled = entry.outcome?.outcome !== "pending";
        if (!left) setState({ seq, entry, error: null });
      } catch (error) {
        settled = true;
        if (!left) setState((old) => (old.seq === seq && old.entry ? old : { seq, entry: null, error }));
      }
      asking = false;
    }
    void ask();
    const stop = source.subscribe(() => void ask());
    return () => {
      left = true;
      stop();
    };
  }, [platform, seq, source]);

  return state.seq === seq ? state : { entry: null, error: null };
}

/** Whether an entry is in the view; asked when the view's filter changed and its scan has ended. */
export function useInView(seq: number, source: ViewSource): boolean {
  const [inView, setInView] = useState(true);

  useEffect(() => {
    let left = false;
    let asked = -1;
    function ask() {
      if (source.filling || asked === source.generation) return;
      asked = source.generation;
      source
        .locate(seq)
        .then((ordinal) => !left && setInView(ordinal !== null))
        // A view that has ended is opened anew, and asked then.
        .catch(() => undefined);
    }
    ask();
    const stop = source.subscribe(ask);
    return () => {
      left = true;
      stop();
    };
  }, [seq, source]);

  return inView;
}
