import type { RowReply, RowSource } from "./source";

/** Rows asked for at once; the engine cuts a longer request. */
const REQUEST_MAX = 500;

/** Told what came of a request; the second argument is where the request began. */
export interface WindowListener<T> {
  loaded(rows: readonly T[], from: number): void;
  failed(error: unknown): void;
}

/**
 * The loaded part of a source: a few screens around the place that was asked for last. At most one
 * request is on its way; of those that come up meanwhile only the latest is kept, so a fast scroll
 * over millions of rows asks for two windows.
 */
export class RowWindow<T> {
  private readonly rows = new Map<number, T>();
  private generation: number;
  private flying = false;
  private closed = false;
  private wanted: { from: number; count: number } | null = null;

  constructor(
    private readonly source: RowSource<T>,
    private readonly listener: WindowListener<T>,
  ) {
    this.generation = source.generation;
  }

  get(ordinal: number): T | undefined {
    return this.rows.get(ordinal);
  }

  /** How many rows are held; bounded by five times the largest request. */
  get size(): number {
    return this.rows.size;
  }

  /** Whether every row of the range that the source has is here. */
  covers(from: number, to: number): boolean {
    for (let ordinal = Math.max(from, this.source.first); ordinal < Math.min(to, this.source.end); ordinal++) {
      if (!this.rows.has(ordinal)) return false;
    }
    return true;
  }

  /** Whether a row of the range may have changed in place. */
  hasUnsettled(from: number, to: number): boolean {
    for (let ordinal = from; ordinal < to; ordinal++) {
      const row = this.rows.get(ordinal);
      if (row !== undefined && this.source.unsettled(row)) return true;
    }
    return false;
  }

  /** Asks for a range, in place of an earlier one that has not been sent yet. */
  want(from: number, count: number): void {
    this.wanted = { from: Math.max(0, from), count: Math.min(REQUEST_MAX, count) };
    void this.send();
  }

  /** Forgets all rows when the source dealt its ordinals anew. Says whether it did. */
  renew(): boolean {
    if (this.generation === this.source.generation) return false;
    this.generation = this.source.generation;
    this.rows.clear();
    return true;
  }

  /** Nothing is asked for and nothing is reported any more. */
  close(): void {
    this.closed = true;
    this.wanted = null;
    this.rows.clear();
  }

  private async send(): Promise<void> {
    if (this.flying || this.closed) return;
    const wanted = this.wanted;
    if (!wanted) return;
    this.wanted = null;
    this.flying = true;
    try {
      this.take(await this.source.request(wanted.from, wanted.count), wanted);
    } catch (error) {
      if (!this.closed) this.listener.failed(error);
    } finally {
      this.flying = false;
    }
    void this.send();
  }

  private take(reply: RowReply<T>, wanted: { from: number; count: number }): void {
    if (this.closed || reply.generation !== this.generation) return;
    for (const row of reply.rows) this.rows.set(this.source.ordinal(row), row);
    const low = wanted.from - 2 * wanted.count;
    const high = wanted.from + 3 * wanted.count;
    for (const ordinal of this.rows.keys()) {
      if (ordinal < low || ordinal >= high) this.rows.delete(ordinal);
    }
    this.listener.loaded(reply.rows, wanted.from);
  }
}
