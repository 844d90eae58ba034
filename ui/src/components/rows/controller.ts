import { RowsCursor } from "./cursor";
import { Frames } from "./frames";
import type { RowsCommand } from "./keys";
import type { RowsOptions, RowsParts } from "./options";
import { RowsPainter } from "./painter";
import { Relocation } from "./relocation";
import type { Thumb } from "./scroll";
import { contains } from "./selection";
import { RowsStatus, type RowsState } from "./status";
import { RowsViewport } from "./viewport";
import { RowWindow } from "./window";

/**
 * One virtual list. It draws what is on screen and nothing else, however many rows there are and
 * however fast they come; all of its work is bounded by the size of the viewport.
 *
 * The parts: the window holds loaded rows, the viewport says where the list stands, the cursor what is
 * selected, the painter writes that to the DOM, once a frame. What the source tells goes to them from here.
 */
export class RowsController<T> {
  private readonly status: RowsStatus;
  private readonly frames = new Frames({ step: () => this.viewport.glideOn(), paint: () => this.paint() });
  private readonly window: RowWindow<T>;
  private readonly viewport: RowsViewport<T>;
  private readonly cursor: RowsCursor<T>;
  private readonly painter: RowsPainter<T>;
  private readonly relocation: Relocation<T>;
  private readonly observer: ResizeObserver;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly parts: RowsParts,
    private readonly options: RowsOptions<T>,
  ) {
    const { source, follows } = options;
    this.status = new RowsStatus(follows);
    this.window = new RowWindow(source, { loaded: (rows) => this.loaded(rows), failed: (error) => this.failed(error) });
    this.viewport = new RowsViewport(options, this.window, this.status, this.frames);
    this.relocation = new Relocation(source, (found) => this.relocated(found));
    this.cursor = new RowsCursor(options, this.window, this.viewport, () => this.chosen());
    this.painter = new RowsPainter(parts, options, this.window);
    this.unsubscribe = source.subscribe(() => this.changed());
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(parts.port);
    this.observer.observe(parts.track);
    this.resized();
    this.changed();
  }

  close(): void {
    this.unsubscribe();
    this.observer.disconnect();
    this.window.close();
    this.relocation.stop();
    this.frames.close();
    this.painter.close();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.status.subscribe(listener);

  readonly snapshot = (): RowsState => this.status.snapshot();

  /** Whether the list may stay at its newest row. */
  get follows(): boolean {
    return this.options.follows;
  }

  /** The loaded row that the keyboard is on. */
  activeRow(): T | null {
    return this.cursor.activeRow();
  }

  /** Loaded selected rows, oldest first; what is far outside the screen is not loaded. */
  selectedRows(): T[] {
    const { source } = this.options;
    const { selection } = this.cursor;
    return this.painter.visible.filter((row) => contains(selection, source.key(row), source.ordinal(row)));
  }

  /** Goes to the newest row and stays there. */
  follow(): void {
    this.viewport.follow();
  }

  stopFollowing(): void {
    this.viewport.setFollowing(false);
  }

  /** Asks again after a failure. */
  retry(): void {
    this.status.set({ phase: "loading", error: null });
    this.viewport.ask(true);
  }

  clearSelection(): void {
    this.cursor.clear();
  }

  run(command: RowsCommand, shift: boolean): void {
    this.cursor.run(command, shift);
  }

  /** Selects the row at a distance from the port's upper edge, in CSS pixels; null when none is there. */
  selectAt(y: number, shift: boolean): T | null {
    return this.cursor.selectAt(y, shift);
  }

  /** Scrolls by pixels. Says whether there was anywhere to go. */
  wheel(pixels: number, smooth: boolean): boolean {
    return this.viewport.wheel(pixels, smooth);
  }

  scrollToFraction(fraction: number): void {
    this.viewport.scrollToFraction(fraction);
  }

  scrollByPages(pages: number): void {
    this.viewport.scrollByPages(pages);
  }

  thumb(): Thumb | null {
    return this.viewport.thumb();
  }

  /** Finds a key and brings it on screen, selected. Answers whether the source has it. */
  goTo(key: number): Promise<boolean> {
    return this.cursor.goTo(key);
  }

  /** The source said that something changed. */
  private changed(): void {
    const { source } = this.options;
    if (this.window.renew()) this.dealtAnew();
    if (source.end === source.first) this.status.set({ phase: source.filling ? "loading" : "empty", error: null });
    else if (this.snapshot().phase === "empty") this.status.set({ phase: "loading" });
    this.viewport.changed();
    this.relocation.next();
  }

  private dealtAnew(): void {
    const { top } = this.viewport.place;
    const screenRow = (this.cursor.selection?.active.ordinal ?? top) - top;
    this.cursor.carryOver();
    this.viewport.dealtAnew();
    const { selection } = this.cursor;
    if (this.follows && !selection) this.viewport.setFollowing(true);
    const key = selection?.active.key ?? null;
    if (!this.viewport.following && key !== null) this.relocation.start(key, screenRow);
    else this.relocation.stop();
  }

  private relocated({ ordinal, screenRow }: { ordinal: number; screenRow: number }): void {
    if (this.viewport.following) return;
    this.cursor.learn(ordinal);
    this.viewport.putAt(ordinal, screenRow);
  }

  /** What the user chooses counts from now on, not what was still looked for. */
  private chosen(): void {
    this.relocation.stop();
    this.frames.ask();
  }

  private loaded(rows: readonly T[]): void {
    const last = rows[rows.length - 1];
    if (last !== undefined) {
      this.viewport.loadedTo(this.options.source.ordinal(last) + 1);
      this.frames.release();
      this.status.set({ phase: "rows", error: null });
    }
    this.cursor.loaded(rows);
    this.frames.ask();
  }

  private failed(error: unknown): void {
    this.frames.release();
    this.status.set({ phase: "failed", error });
  }

  private resized(): void {
    this.viewport.resize(this.parts.port.clientHeight, this.parts.track.clientHeight);
    this.painter.resize(this.viewport.count);
  }

  private paint(): void {
    const extent = this.viewport.toPaint();
    this.painter.paint({ extent, place: this.viewport.place, selection: this.cursor.selection, thumb: this.viewport.thumb() });
    this.viewport.painted(extent);
  }
}
