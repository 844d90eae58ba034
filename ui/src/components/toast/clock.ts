/** A clock that runs down and can be held: hovering or focusing a toast must not let it slip away. */
export interface Clock {
  /** Milliseconds that are left at `now`. */
  left(now: number): number;
  hold(now: number): void;
  release(now: number): void;
}

/** A clock of `length` milliseconds, started at `now`. Holds add up: it runs when every hold is released. */
export function clock(length: number, now: number): Clock {
  let remaining = length;
  let since = now;
  let holds = 0;
  return {
    left: (at) => Math.max(0, holds > 0 ? remaining : remaining - (at - since)),
    hold(at) {
      if (holds === 0) remaining -= at - since;
      holds += 1;
    },
    release(at) {
      if (holds === 0) return;
      holds -= 1;
      if (holds === 0) since = at;
    },
  };
}
