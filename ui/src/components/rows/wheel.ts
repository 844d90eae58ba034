/** A wheel notch is at least this far; touchpads send less and are followed as they are. */
const NOTCH = 40;
/** Share of the remaining way that one frame goes: a notch is over after some 80 ms. */
const SHARE = 0.45;

/** Pixels of a wheel event, whatever unit it came in. */
export function wheelPixels(event: Pick<WheelEvent, "deltaY" | "deltaMode">, rowHeight: number, viewport: number): number {
  if (event.deltaMode === 1) return event.deltaY * rowHeight;
  if (event.deltaMode === 2) return event.deltaY * viewport;
  return event.deltaY;
}

/** Spreads the jump of a wheel notch over a few frames. */
export class WheelGlide {
  private rest = 0;

  /** Whether there is way left to go. */
  get moving(): boolean {
    return this.rest !== 0;
  }

  /** Takes a wheel movement; returns what is to be scrolled at once. */
  push(pixels: number, smooth: boolean): number {
    if (!smooth || Math.abs(pixels) < NOTCH) return pixels;
    this.rest = Math.sign(pixels) === -Math.sign(this.rest) ? pixels : this.rest + pixels;
    return 0;
  }

  /** What the next frame scrolls. */
  step(): number {
    const step = Math.abs(this.rest) < 2 ? this.rest : Math.trunc(this.rest * SHARE) || Math.sign(this.rest);
    this.rest -= step;
    return step;
  }

  stop(): void {
    this.rest = 0;
  }
}
