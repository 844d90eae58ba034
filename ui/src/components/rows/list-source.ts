import type { RowReply, RowSource } from "./source";

/** A list that is in memory as a source. Another list is another generation; keys find its rows again. */
export class ListSource<T> implements RowSource<T> {
  readonly first = 0;
  readonly filling = false;
  generation = 1;
  private items: readonly T[] = [];
  private places: Map<number, number> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly keyOf: (item: T) => number,
    items: readonly T[] = [],
  ) {
    this.items = items;
  }

  get end(): number {
    return this.items.length;
  }

  set(items: readonly T[]): void {
    if (items === this.items) return;
    this.items = items;
    this.places = null;
    this.generation += 1;
    for (const listener of this.listeners) listener();
  }

  request(from: number, count: number): Promise<RowReply<T>> {
    return Promise.resolve({ generation: this.generation, rows: this.items.slice(from, from + count) });
  }

  locate(key: number): Promise<number | null> {
    return Promise.resolve(this.index().get(key) ?? null);
  }

  ordinal(item: T): number {
    return this.index().get(this.keyOf(item)) ?? -1;
  }

  key(item: T): number {
    return this.keyOf(item);
  }

  unsettled(): boolean {
    return false;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private index(): Map<number, number> {
    this.places ??= new Map(this.items.map((item, at) => [this.keyOf(item), at]));
    return this.places;
  }
}
