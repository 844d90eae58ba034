/** What the frame around the rows shows. */
export interface RowsState {
  phase: "loading" | "rows" | "empty" | "failed";
  following: boolean;
  /** Rows that came in since following ended. */
  newer: number;
  error: unknown;
}

/** The little of a list that React shows, for React to listen to. */
export class RowsStatus {
  private readonly listeners = new Set<() => void>();
  private state: RowsState;

  constructor(following: boolean) {
    this.state = { phase: "loading", following, newer: 0, error: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RowsState => this.state;

  /** Changes parts of the state; nobody is told when nothing differs. */
  set(change: Partial<RowsState>): void {
    const next = { ...this.state, ...change };
    const { phase, following, newer, error } = this.state;
    if (next.phase === phase && next.following === following && next.newer === newer && next.error === error) return;
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}
