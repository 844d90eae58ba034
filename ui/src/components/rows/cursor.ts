import type { RowsCommand } from "./keys";
import type { RowsOptions } from "./options";
import { fullRows } from "./scroll";
import * as sel from "./selection";
import type { RowsViewport } from "./viewport";
import type { RowWindow } from "./window";

/** Which rows are selected and which one the keyboard is on, and how keys and presses move that. */
export class RowsCursor<T> {
  private current: sel.Selection | null = null;

  constructor(
    private readonly options: RowsOptions<T>,
    private readonly window: RowWindow<T>,
    private readonly viewport: RowsViewport<T>,
    /** Called when the user chose other rows, before anybody is told of them. */
    private readonly onChoose: () => void,
  ) {}

  get selection(): sel.Selection | null {
    return this.current;
  }

  /** The loaded row that the keyboard is on. */
  activeRow(): T | null {
    const ordinal = this.current?.active.ordinal;
    return ordinal === null || ordinal === undefined ? null : (this.window.get(ordinal) ?? null);
  }

  run(command: RowsCommand, shift: boolean): void {
    const { source } = this.options;
    const page = Math.max(1, fullRows(this.viewport.extent()) - 1);
    switch (command) {
      case "previous":
        return this.step(-1, shift);
      case "next":
        return this.step(1, shift);
      case "page_up":
        return this.step(-page, shift);
      case "page_down":
        return this.step(page, shift);
      case "oldest":
        return this.moveTo(source.first, shift);
      case "newest":
        if (this.options.follows && !shift) return this.viewport.follow();
        return this.moveTo(source.end - 1, shift);
      case "all":
        return this.selectAll();
      case "open": {
        const row = this.activeRow();
        if (row !== null) this.options.onOpen?.(row);
      }
    }
  }

  /** Selects the row at a distance from the port's upper edge, in CSS pixels; null when none is there. */
  selectAt(y: number, shift: boolean): T | null {
    const { top, offset } = this.viewport.place;
    const ordinal = top + Math.floor((y + offset) / this.options.renderer.rowHeight);
    const row = this.window.get(ordinal);
    if (row === undefined || ordinal >= this.viewport.end) return null;
    this.viewport.setFollowing(false);
    this.chooseTo({ ordinal, key: this.options.source.key(row) }, shift);
    return row;
  }

  /** Finds a key and brings it on screen, selected. Answers whether the source has it. */
  async goTo(key: number): Promise<boolean> {
    const { source } = this.options;
    const generation = source.generation;
    const ordinal = await source.locate(key);
    if (ordinal === null || source.generation !== generation) return false;
    this.choose(sel.single({ ordinal, key }));
    this.viewport.reveal(ordinal);
    return true;
  }

  clear(): void {
    this.choose(null);
  }

  /** Keeps what is known of the selection after ordinals were dealt anew. */
  carryOver(): void {
    this.current = this.current && sel.carryOver(this.current);
  }

  /** The active row's ordinal became known again. */
  learn(ordinal: number): void {
    const key = this.current?.active.key;
    if (this.current && key !== null && key !== undefined) this.current = sel.resolve(this.current, ordinal, key);
  }

  /** Rows came in: they fill in what was not known of the selection. */
  loaded(rows: readonly T[]): void {
    const { source } = this.options;
    const before = this.current;
    for (const row of rows) {
      if (this.current) this.current = sel.resolve(this.current, source.ordinal(row), source.key(row));
    }
    // A row that is not in the source any more stays what it was for the caller: nothing else is told of it.
    const active = this.activeRow();
    if (before !== this.current && active !== null) this.options.onSelect?.(active, this.current);
  }

  private step(by: number, shift: boolean): void {
    const { place, following, end } = this.viewport;
    const active = this.current?.active.ordinal;
    if (active === null || active === undefined) {
      const lastWhole = place.top + fullRows(this.viewport.extent()) - 1;
      return this.moveTo(by < 0 || following ? Math.min(lastWhole + 1, end - 1) : place.top, shift);
    }
    this.moveTo(active + by, shift);
  }

  private moveTo(wanted: number, shift: boolean): void {
    const { source } = this.options;
    const low = Math.min(source.first, this.viewport.place.top);
    const ordinal = Math.min(Math.max(wanted, low), this.viewport.end - 1);
    if (ordinal < 0 || source.end === source.first) return;
    const row = this.window.get(ordinal);
    this.viewport.setFollowing(false);
    this.chooseTo({ ordinal, key: row === undefined ? null : source.key(row) }, shift);
    this.viewport.reveal(ordinal);
  }

  private selectAll(): void {
    const { source } = this.options;
    if (source.end === source.first) return;
    this.viewport.setFollowing(false);
    const last = this.window.get(source.end - 1);
    // Without a key the ordinals decide, so that rows that come in later are not selected.
    this.choose({
      anchor: { ordinal: source.first, key: null },
      active: { ordinal: source.end - 1, key: last === undefined ? null : source.key(last) },
    });
  }

  /** Selects one row, or with Shift all from the anchor to it. */
  private chooseTo(mark: sel.Mark, shift: boolean): void {
    this.choose(shift ? sel.extend(this.current, mark) : sel.single(mark));
  }

  private choose(selection: sel.Selection | null): void {
    this.current = selection;
    this.onChoose();
    this.options.onSelect?.(this.activeRow(), selection);
  }
}
