import type { RowSource } from "./source";

/**
 * Finds a row again after ordinals were dealt anew. While the source still fills itself the row may
 * come in later, so the question is asked again after each change until it is found or the source
 * is complete.
 */
export class Relocation<T> {
  private sought: { key: number; screenRow: number } | null = null;
  private asking = false;

  constructor(
    private readonly source: RowSource<T>,
    private readonly found: (place: { ordinal: number; screenRow: number }) => void,
  ) {}

  /** Begins to look for a key that was in row `screenRow` of the screen. */
  start(key: number, screenRow: number): void {
    this.sought = { key, screenRow };
    this.next();
  }

  stop(): void {
    this.sought = null;
  }

  /** Asks once more, unless there is nothing to find or an answer is still on its way. */
  next(): void {
    if (this.sought && !this.asking) void this.ask(this.sought);
  }

  private async ask(sought: { key: number; screenRow: number }): Promise<void> {
    const { generation, filling } = this.source;
    this.asking = true;
    const ordinal = await this.source.locate(sought.key).catch(() => null);
    this.asking = false;
    if (this.sought !== sought) return this.next();
    if (this.source.generation !== generation) return this.next();
    if (ordinal === null) {
      if (!filling) this.sought = null;
      return;
    }
    this.sought = null;
    this.found({ ordinal, screenRow: sought.screenRow });
  }
}
