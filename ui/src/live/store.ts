import type { Counters, Job, JobId, Revisions, Tick, ViewId, ViewStatus } from "@/contract";

/** What ticks have told so far. Parts that did not change keep their identity. */
export interface LiveState {
  counters: Counters;
  revisions: Revisions;
  views: ReadonlyMap<ViewId, ViewStatus>;
  jobs: ReadonlyMap<JobId, Job>;
}

export interface LiveStore {
  get(): LiveState;
  subscribe(listener: () => void): () => void;
  /** Takes a tick; it is applied, and then acknowledged, with the next frame. */
  take(tick: Tick): void;
  /** Starts anew after client.hello: what an earlier connection told is void. */
  restart(revisions: Revisions): void;
}

export const NO_COUNTERS: Counters = {
  received: 0,
  sent: 0,
  kept: 0,
  evicted: 0,
  dropped: 0,
  stored: null,
  bytes: 0,
  log_bytes: 0,
  log_budget: 0,
  online: 0,
  rate: 0,
};

/** Runs `work` with the next frame; a hidden page gets no frames, so there it runs soon. */
export type NextFrame = (work: () => void) => void;

export const nextFrame: NextFrame = (work) => {
  if (document.visibilityState === "hidden") setTimeout(work, 0);
  else requestAnimationFrame(work);
};

/**
 * The store of ticks. The engine sends the next tick only after `acknowledge`, which follows the frame that applied
 * this one: a page that cannot keep up is told less often, and is never a queue.
 */
export function liveStore(acknowledge: (number: number) => void, frame: NextFrame = nextFrame): LiveStore {
  let state: LiveState = {
    counters: NO_COUNTERS,
    revisions: { tree: 0, sessions: 0, settings: 0, sandbox: 0, workspace: 0, tokens: 0, packets: 0, composing: 0, cleared: 0, certificates: 0, diagnoses: 0 },
    views: new Map(),
    jobs: new Map(),
  };
  let pending: Tick | null = null;
  const listeners = new Set<() => void>();

  function set(next: LiveState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function apply() {
    const tick = pending;
    pending = null;
    if (tick === null) return;
    set({
      counters: tick.counters,
      revisions: tick.revisions,
      views: merged(state.views, tick.views, (view) => view.view),
      jobs: merged(state.jobs, tick.jobs, (job) => job.id),
    });
    acknowledge(tick.number);
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take(tick) {
      const scheduled = pending !== null;
      pending = tick;
      if (!scheduled) frame(apply);
    },
    restart(revisions) {
      // A tick may come before the answer of client.hello. It waits for its acknowledgement like every other one.
      const early = pending;
      pending = null;
      set({ counters: early?.counters ?? state.counters, revisions, views: new Map(), jobs: new Map() });
      if (early !== null) acknowledge(early.number);
    },
  };
}

function merged<K, V>(old: ReadonlyMap<K, V>, changed: V[], key: (value: V) => K): ReadonlyMap<K, V> {
  if (changed.length === 0) return old;
  const all = new Map(old);
  for (const value of changed) all.set(key(value), value);
  return all;
}
