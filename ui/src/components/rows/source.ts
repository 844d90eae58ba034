/**
 * What a list shows. Ordinals are absolute places: within one generation a row never changes its
 * ordinal, also when older rows go. Keys name rows across generations and rise with the ordinals.
 */
export interface RowSource<T> {
  /** Lowest ordinal that can still be asked for. */
  readonly first: number;
  /** One past the newest ordinal. */
  readonly end: number;
  /** Changes when ordinals were dealt anew, for example by another filter. */
  readonly generation: number;
  /** The source still fills itself, so that a row may come into it later without being new. */
  readonly filling: boolean;
  /** Rows `from` to before `from + count`, as far as they exist. */
  request(from: number, count: number): Promise<RowReply<T>>;
  /** Where a key is now; null when it is not in the source. */
  locate(key: number): Promise<number | null>;
  ordinal(row: T): number;
  key(row: T): number;
  /** Whether the row may still change in place, so that it is asked for again after a change. */
  unsettled(row: T): boolean;
  /** Calls back after every change of `first`, `end`, `generation` or of unsettled rows. */
  subscribe(listener: () => void): () => void;
}

export interface RowReply<T> {
  /** The generation the ordinals belong to; replies of another one are dropped. */
  generation: number;
  rows: readonly T[];
}
