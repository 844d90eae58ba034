import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = 0;

const wall = () => Math.floor(Date.now() / 1000);

function tick() {
  now = wall();
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** While nobody watches the clock it stands; whoever looks then reads the wall. */
function seconds(): number {
  const wallNow = wall();
  // A page that slept, or whose timer is late, must not show an old time to who looks anew.
  if (timer === null || wallNow > now + 1) now = wallNow;
  return now;
}

/**
 * What a part makes of the time (Unix seconds). All share one timer, and a part is drawn again only when what it
 * makes of the time is another: a pill that shows minutes once a minute, a ring once a second.
 */
export function useClock<T extends string | number | boolean | null>(part: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => part(seconds()));
}
