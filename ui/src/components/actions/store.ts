import type { ActionId } from "./table";

/** An action that can be run now, or that says by `enabled` that it cannot. */
export interface Action {
  id: ActionId;
  /** Whether it makes sense now; else it is shown and does nothing. */
  enabled?: boolean | undefined;
  /** What it is called now; the catalogue's name by itself. */
  label?: string | undefined;
  /** Does it; false: there was nothing to do, and the key stays the browser's. */
  run: () => boolean | void;
}

/** Something else that the command palette offers while its part of the page is shown. */
export interface Offer {
  /** Unique, and the same at the next start. */
  id: string;
  label: string;
  detail?: string | undefined;
  run: () => void;
}

/** How an action was asked for. */
export type Source = "keys" | "menu bar" | "palette";

/** The same key told twice, by the page and by the system's menu, is one wish. */
const ONE_WISH_MS = 150;

/** The actions of what is on screen. Parts register theirs while they are shown; the latest of an id counts. */
export class ActionStore {
  private readonly parts = new Map<object, readonly Action[]>();
  private readonly offers = new Map<object, () => readonly Offer[]>();
  private readonly listeners = new Set<() => void>();
  private all: ReadonlyMap<ActionId, Action> = new Map();
  private last: { id: ActionId; source: Source; at: number } | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): ReadonlyMap<ActionId, Action> => this.all;

  put(part: object, actions: readonly Action[]): void {
    this.parts.set(part, actions);
    this.changed();
  }

  /** `offers` is asked when the palette opens: what it answers may change at any rate. */
  putOffers(part: object, offers: () => readonly Offer[]): void {
    this.offers.set(part, offers);
  }

  remove(part: object): void {
    this.offers.delete(part);
    if (this.parts.delete(part)) this.changed();
  }

  offered(): Offer[] {
    return [...this.offers.values()].flatMap((offers) => offers());
  }

  /** Runs an action; false when there was nothing to do. */
  run(id: ActionId, source: Source): boolean {
    const action = this.all.get(id);
    if (action === undefined || action.enabled === false) return false;
    const at = this.now();
    const { last } = this;
    this.last = { id, source, at };
    const twice = last !== null && last.id === id && last.source !== source && at - last.at < ONE_WISH_MS;
    return twice || action.run() !== false;
  }

  private changed(): void {
    this.all = new Map([...this.parts.values()].flat().map((action) => [action.id, action]));
    for (const listener of this.listeners) listener();
  }
}
