import { useEffect, useMemo } from "react";
import type { Row } from "@/contract";
import type { ViewSource } from "@/live";

/** Scrolling asks for pins when it rests. */
const REST_MS = 120;

export interface Pins {
  show(rows: readonly Row[]): void;
  select(seq: number | null): void;
}

/**
 * Keeps what the user looks at from eviction: the selected row always, the rows on screen while they stand still.
 * The newest rows need no pin, so while following only the selected one has it.
 */
export function usePins(source: ViewSource, streaming: boolean): Pins {
  const pins = useMemo(() => new ViewPins(source), [source]);
  useEffect(() => pins.stream(streaming), [pins, streaming]);
  useEffect(() => () => pins.stop(), [pins]);
  return pins;
}

class ViewPins implements Pins {
  private visible: readonly number[] = [];
  private selected: number | null = null;
  private streaming = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sent = "";

  constructor(private readonly source: ViewSource) {}

  readonly show = (rows: readonly Row[]): void => {
    this.visible = rows.map((row) => row.seq);
    if (!this.streaming) this.soon();
  };

  readonly select = (seq: number | null): void => {
    this.selected = seq;
    this.soon();
  };

  stream(streaming: boolean): void {
    this.streaming = streaming;
    this.soon();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.send();
    }, REST_MS);
  }

  private send(): void {
    const seqs = new Set(this.streaming ? [] : this.visible);
    if (this.selected !== null) seqs.add(this.selected);
    const all = [...seqs];
    if (all.join() === this.sent) return;
    this.sent = all.join();
    // A view that has ended keeps nothing anyway.
    this.source.pin(all).catch(() => undefined);
  }
}
