import type { RowReply, RowSource } from "@/components/rows";

export interface SyntheticRow {
  ordinal: number;
  key: number;
}

/**
 * A source of any number of rows that are made when they are asked for. Keys are three times the
 * ordinals, so that a test notices when one is taken for the other. Every request is counted, and
 * each answer comes on a later turn, as from an engine.
 */
export class SyntheticSource implements RowSource<SyntheticRow> {
  generation = 1;
  filling = false;
  failing = false;
  requests = 0;
  inFlight = 0;
  mostInFlight = 0;
  private readonly listeners = new Set<() => void>();
  /** In the filtered generation only every n-th row is left. */
  private every = 1;
  /** Answers wait for this many milliseconds; 0 is the next turn. */
  delay = 0;

  constructor(
    public first: number,
    public end: number,
  ) {}

  async request(from: number, count: number): Promise<RowReply<SyntheticRow>> {
    const { generation } = this;
    this.requests += 1;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await new Promise((done) => setTimeout(done, this.delay));
    this.inFlight -= 1;
    if (this.failing) throw new Error("synthetic failure");
    const rows: SyntheticRow[] = [];
    for (let ordinal = Math.max(from, this.first); ordinal < Math.min(from + count, this.end); ordinal++) {
      rows.push({ ordinal, key: ordinal * 3 * this.every });
    }
    return { generation, rows };
  }

  locate(key: number): Promise<number | null> {
    const ordinal = key / 3 / this.every;
    return Promise.resolve(Number.isInteger(ordinal) && ordinal >= this.first && ordinal < this.end ? ordinal : null);
  }

  ordinal(row: SyntheticRow): number {
    return row.ordinal;
  }

  key(row: SyntheticRow): number {
    return row.key;
  }

  unsettled(): boolean {
    return false;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** New rows come in. */
  grow(rows: number): void {
    this.end += rows;
    this.tell();
  }

  /** The oldest rows go. */
  trim(rows: number): void {
    this.first += rows;
    this.tell();
  }

  /** Another filter: of the rows so far only every n-th matches, and ordinals are dealt anew. */
  refilter(every: number): void {
    const all = this.end * this.every;
    this.every = every;
    this.first = 0;
    this.end = Math.ceil(all / every);
    this.generation += 1;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
