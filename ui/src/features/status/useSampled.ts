import { useEffect, useState } from "react";
import type { Counters } from "@/contract";
import { useLiveStore } from "@/live";
import { pushSample } from "./sparkline";

/** The counters, read at most every `every` milliseconds however fast ticks come; a first change shows at once. */
export function useSampledCounters(every: number): Counters {
  const store = useLiveStore();
  const [counters, setCounters] = useState(() => store.get().counters);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    function show() {
      timer = null;
      last = performance.now();
      setCounters(store.get().counters);
    }
    const stop = store.subscribe(() => {
      timer ??= setTimeout(show, Math.max(0, last + every - performance.now()));
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, every]);
  return counters;
}

/** The rate of each of the last `length` seconds. */
export function useRateHistory(length: number): readonly number[] {
  const store = useLiveStore();
  const [samples, setSamples] = useState<readonly number[]>([]);
  useEffect(() => {
    const timer = setInterval(() => {
      setSamples((old) => pushSample(old, store.get().counters.rate, length));
    }, 1000);
    return () => clearInterval(timer);
  }, [store, length]);
  return samples;
}
