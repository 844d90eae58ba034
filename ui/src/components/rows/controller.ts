import { RowPool } from "./pool";
import { setAttribute, type RowRenderer, type RowsRole } from "./renderer";
import { Relocation } from "./relocation";
import * as scroll from "./scroll";
import * as sel from "./selection";
import type { RowSource } from "./source";
import { RowWindow } from "./window";
import { WheelGlide } from "./wheel";
import type { RowsCommand } from "./keys";

/** The parts of the list's DOM that the controller writes to. */
export interface RowsParts {
  /** Carries the role and the focus. */
  grid: HTMLElement;
  /** Clips the rows; its height is the viewport. */
  port: HTMLElement;
  /** Holds the row elements and is shifted by less than one row. */
  body: HTMLElement;
  track: HTMLElement;
  thumb: HTMLElement;
}

/** What the frame around the rows shows. */
export interface RowsState {
  phase: "loading" | "rows" | "empty" | "failed";
  following: boolean;
  /** Rows that came in since following ended. */
  newer: number;
  error: unknown;
}

export interface RowsOptions<T> {
  source: RowSource<T>;
  renderer: RowRenderer<T>;
  role: RowsRole;
  idPrefix: string;
  /** Whether the list starts at its newest row and stays there. */
  follows: boolean;
  /** A header row counts as row 1 for assistive technology. */
  hasHeader: boolean;
  /**
   * Called when the active row, or how much is selected, changed. The row is null while it is not loaded, and the
   * selection is null when there is none any more.
   */
  onSelect?: (row: T | null, selection: sel.Selection | null) => void;
  onOpen?: (row: T) => void;
  /** Called after a paint that changed which rows are on screen. */
  onVisible?: (rows: readonly T[]) => void;
}

/** After ordinals were dealt anew the old picture stays this long before skeletons show, in ms. */
const HOLD = 150;

/**
 * One virtual list. It draws what is on screen and nothing else, however many rows there are and
 * however fast they come; all of its work is bounded by the size of the viewport.
 */
export class RowsController<T> {
  private readonly pool: RowPool<T>;
  private readonly window: RowWindow<T>;
  private readonly relocation: Relocation<T>;
  private readonly glide = new WheelGlide();
  private readonly listeners = new Set<() => void>();
  private readonly observer: ResizeObserver;
  private readonly unsubscribe: () => void;
  private place: scroll.Place = { top: 0, offset: 0 };
  /** While following: the end of what is loaded, so that a newest row is never shown as a skeleton. */
  private shownEnd = 0;
  private leftAt = 0;
  private height = 0;
  private trackHeight = 0;
  private frame = 0;
  private holdTimer: ReturnType<typeof setTimeout> | undefined;
  private visible: readonly T[] = [];
  private selection: sel.Selection | null = null;
  private state: RowsState;

  constructor(
    private readonly parts: RowsParts,
    private readonly options: RowsOptions<T>,
  ) {
    const { source, renderer, role, idPrefix } = options;
    this.pool = new RowPool(parts.body, renderer, role, idPrefix);
    this.window = new RowWindow(source, { loaded: (rows) => this.loaded(rows), failed: (error) => this.failed(error) });
    this.relocation = new Relocation(source, (found) => this.relocated(found));
    this.state = { phase: "loading", following: options.follows, newer: 0, error: null };
    this.unsubscribe = source.subscribe(() => this.changed());
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(parts.port);
    this.observer.observe(parts.track);
    this.resized();
    if (!options.follows) this.place = { top: source.first, offset: 0 };
    this.changed();
  }

  close(): void {
    this.unsubscribe();
    this.observer.disconnect();
    this.window.close();
    this.relocation.stop();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.holdTimer);
    this.parts.body.replaceChildren();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RowsState => this.state;

  /** Whether the list may stay at its newest row. */
  get follows(): boolean {
    return this.options.follows;
  }

  /** How many row elements there are; it depends on the viewport only. */
  get nodes(): number {
    return this.pool.size;
  }

  /** The loaded row that the keyboard is on. */
  activeRow(): T | null {
    const ordinal = this.selection?.active.ordinal;
    return ordinal === null || ordinal === undefined ? null : (this.window.get(ordinal) ?? null);
  }

  /** Loaded selected rows, oldest first; what is far outside the screen is not loaded. */
  selectedRows(): T[] {
    const { source } = this.options;
    return this.visible.filter((row) => sel.contains(this.selection, source.key(row), source.ordinal(row)));
  }

  /** Goes to the newest row and stays there. */
  follow(): void {
    this.glide.stop();
    if (!this.state.following) this.hold();
    this.setFollowing(true);
    this.wantTail();
    this.schedule();
  }

  stopFollowing(): void {
    this.setFollowing(false);
  }

  /** Asks again after a failure. */
  retry(): void {
    this.setState({ phase: "loading", error: null });
    if (this.state.following) this.wantTail();
    else this.ensureLoaded(true);
  }

  clearSelection(): void {
    this.select(null);
  }

  run(command: RowsCommand, shift: boolean): void {
    const { source } = this.options;
    const page = Math.max(1, scroll.fullRows(this.extent()) - 1);
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
        if (this.options.follows && !shift) return this.follow();
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
    const ordinal = this.place.top + Math.floor((y + this.place.offset) / this.options.renderer.rowHeight);
    const row = this.window.get(ordinal);
    if (row === undefined || ordinal >= this.end()) return null;
    this.setFollowing(false);
    const mark = { ordinal, key: this.options.source.key(row) };
    this.select(shift ? sel.extend(this.selection, mark) : sel.single(mark));
    return row;
  }

  wheel(pixels: number, smooth: boolean): void {
    const now = this.glide.push(pixels, smooth);
    if (now !== 0) this.scrollTo(scroll.moveBy(this.freeExtent(), this.place, now));
    else this.schedule();
  }

  scrollToFraction(fraction: number): void {
    this.glide.stop();
    this.scrollTo(scroll.placeAt(this.freeExtent(), fraction));
  }

  scrollByPages(pages: number): void {
    const extent = this.freeExtent();
    this.glide.stop();
    this.scrollTo(scroll.moveBy(extent, this.place, pages * Math.max(extent.rowHeight, extent.viewport - extent.rowHeight)));
  }

  thumb(): scroll.Thumb | null {
    return scroll.thumbOf(this.extent(), this.place, this.trackHeight);
  }

  /** Finds a key and brings it on screen, selected. Answers whether the source has it. */
  async goTo(key: number): Promise<boolean> {
    const { source } = this.options;
    const generation = source.generation;
    const ordinal = await source.locate(key);
    if (ordinal === null || source.generation !== generation) return false;
    this.select(sel.single({ ordinal, key }));
    this.reveal(ordinal);
    return true;
  }

  private end(): number {
    return this.state.following ? this.shownEnd : this.options.source.end;
  }

  private extent(): scroll.Extent {
    return { ...this.freeExtent(), end: this.end() };
  }

  /** The extent as it is when nothing is followed. */
  private freeExtent(): scroll.Extent {
    const { source, renderer } = this.options;
    return { first: source.first, end: source.end, viewport: this.height, rowHeight: renderer.rowHeight };
  }

  /** The source said that something changed. */
  private changed(): void {
    const { source } = this.options;
    if (this.window.renew()) this.dealtAnew();
    if (source.end === source.first) this.setState({ phase: source.filling ? "loading" : "empty", error: null });
    else if (this.state.phase === "empty") this.setState({ phase: "loading" });
    if (this.state.following) {
      this.shownEnd = Math.min(this.shownEnd, source.end);
      const tail = this.shownEnd < source.end || this.window.hasUnsettled(this.place.top, this.shownEnd);
      if (tail || !this.window.covers(this.place.top, this.shownEnd)) this.wantTail();
    } else {
      this.leftAt = Math.min(this.leftAt, source.end);
      this.setState({ newer: source.end - this.leftAt });
      this.ensureLoaded(this.window.hasUnsettled(this.place.top, this.place.top + this.pool.size));
    }
    this.relocation.next();
    this.schedule();
  }

  private dealtAnew(): void {
    const { source } = this.options;
    const screenRow = (this.selection?.active.ordinal ?? this.place.top) - this.place.top;
    this.selection = this.selection && sel.carryOver(this.selection);
    this.shownEnd = source.first;
    this.leftAt = source.end;
    this.hold();
    const extent = this.freeExtent();
    this.place = this.options.follows ? scroll.lastPlace(extent) : scroll.clampPlace(extent, this.place);
    const key = this.selection?.active.key;
    if (this.options.follows && !this.selection) this.setFollowing(true);
    if (!this.state.following && key !== null && key !== undefined) this.relocation.start(key, screenRow);
    else this.relocation.stop();
  }

  private relocated({ ordinal, screenRow }: { ordinal: number; screenRow: number }): void {
    if (this.state.following) return;
    this.learn(ordinal);
    const onScreen = screenRow >= 0 && screenRow < this.pool.size ? screenRow : Math.floor(this.pool.size / 3);
    this.place = scroll.clampPlace(this.freeExtent(), { top: ordinal - onScreen, offset: 0 });
    this.ensureLoaded(true);
    this.schedule();
  }

  /** The active row's ordinal became known again. */
  private learn(ordinal: number): void {
    const key = this.selection?.active.key;
    if (this.selection && key !== null && key !== undefined) this.selection = sel.resolve(this.selection, ordinal, key);
  }

  private loaded(rows: readonly T[]): void {
    const { source } = this.options;
    const before = this.selection;
    for (const row of rows) {
      if (this.selection) this.selection = sel.resolve(this.selection, source.ordinal(row), source.key(row));
    }
    const last = rows[rows.length - 1];
    if (last !== undefined) {
      if (this.state.following) this.shownEnd = Math.max(this.shownEnd, source.ordinal(last) + 1);
      this.released();
      this.setState({ phase: "rows", error: null });
    }
    // A row that is not in the source any more stays what it was for the caller: nothing else is told of it.
    const active = this.activeRow();
    if (before !== this.selection && active !== null) this.options.onSelect?.(active, this.selection);
    this.schedule();
  }

  private failed(error: unknown): void {
    this.released();
    this.setState({ phase: "failed", error });
  }

  /** Leaves the picture as it is until rows came in. */
  private hold(): void {
    clearTimeout(this.holdTimer);
    this.holdTimer = setTimeout(() => this.released(), HOLD);
  }

  private released(): void {
    clearTimeout(this.holdTimer);
    this.holdTimer = undefined;
    this.schedule();
  }

  private resized(): void {
    this.height = this.parts.port.clientHeight;
    this.trackHeight = this.parts.track.clientHeight;
    this.pool.resize(this.height > 0 ? scroll.slotCount(this.freeExtent()) : 0);
    if (this.state.following) this.wantTail();
    else this.ensureLoaded(false);
    this.schedule();
  }

  private wantTail(): void {
    const { source } = this.options;
    const count = this.pool.size;
    if (count === 0 || source.end === source.first) return;
    const from = Math.max(source.first, source.end - count);
    this.window.want(from, source.end - from);
  }

  /** Asks for the rows on screen and a screen on either side, when one of them is missing. */
  private ensureLoaded(again: boolean): void {
    const { source } = this.options;
    const count = this.pool.size;
    const { top } = this.place;
    if (count === 0 || source.end === source.first) return;
    const near = Math.floor(count / 2);
    if (!again && this.window.covers(top - near, top + count + near)) return;
    const from = Math.max(0, top - count);
    this.window.want(from, Math.min(3 * count, source.end - from));
  }

  /** Scrolls because the user wanted it: going up ends following, reaching the end begins it. */
  private scrollTo(place: scroll.Place): void {
    const atEnd = !scroll.isAfter(scroll.lastPlace(this.freeExtent()), place);
    this.place = place;
    this.setFollowing(this.options.follows && atEnd);
    if (this.state.following) this.wantTail();
    else this.ensureLoaded(false);
    this.schedule();
  }

  private step(by: number, shift: boolean): void {
    const active = this.selection?.active.ordinal;
    if (active === null || active === undefined) {
      const lastWhole = this.place.top + scroll.fullRows(this.extent()) - 1;
      return this.moveTo(by < 0 || this.state.following ? Math.min(lastWhole + 1, this.end() - 1) : this.place.top, shift);
    }
    this.moveTo(active + by, shift);
  }

  private moveTo(wanted: number, shift: boolean): void {
    const { source } = this.options;
    const low = Math.min(source.first, this.place.top);
    const ordinal = Math.min(Math.max(wanted, low), this.end() - 1);
    if (ordinal < 0 || source.end === source.first) return;
    const row = this.window.get(ordinal);
    const mark = { ordinal, key: row === undefined ? null : source.key(row) };
    this.setFollowing(false);
    this.select(shift ? sel.extend(this.selection, mark) : sel.single(mark));
    this.reveal(ordinal);
  }

  private selectAll(): void {
    const { source } = this.options;
    if (source.end === source.first) return;
    this.setFollowing(false);
    const last = this.window.get(source.end - 1);
    // Without a key the ordinals decide, so that rows that come in later are not selected.
    this.select({
      anchor: { ordinal: source.first, key: null },
      active: { ordinal: source.end - 1, key: last === undefined ? null : source.key(last) },
    });
  }

  private reveal(ordinal: number): void {
    this.glide.stop();
    this.setFollowing(false);
    const { source } = this.options;
    // Rows that the log let go of may still be on screen, pinned: moving among them must not jump.
    const extent = { ...this.freeExtent(), first: Math.min(source.first, this.place.top) };
    this.place = scroll.reveal(extent, this.place, ordinal);
    this.ensureLoaded(false);
    this.schedule();
  }

  private select(selection: sel.Selection | null): void {
    this.relocation.stop();
    this.selection = selection;
    this.options.onSelect?.(this.activeRow(), selection);
    this.schedule();
  }

  private setFollowing(following: boolean): void {
    if (following === this.state.following) return;
    if (following) this.shownEnd = this.options.source.end;
    else this.leftAt = this.shownEnd;
    this.setState({ following, newer: following ? 0 : this.options.source.end - this.leftAt });
  }

  private setState(change: Partial<RowsState>): void {
    const next = { ...this.state, ...change };
    const { phase, following, newer, error } = this.state;
    if (next.phase === phase && next.following === following && next.newer === newer && next.error === error) return;
    this.state = next;
    for (const listener of this.listeners) listener();
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.glide.moving) this.scrollTo(scroll.moveBy(this.freeExtent(), this.place, this.glide.step()));
      if (this.holdTimer === undefined) this.paint();
    });
  }

  private paint(): void {
    const { source, hasHeader } = this.options;
    const extent = this.extent();
    if (this.state.following) this.place = scroll.lastPlace(extent);
    const { top, offset } = this.place;
    const header = hasHeader ? 2 : 1;
    const count = extent.end - extent.first;
    this.pool.moveTo(top);
    const visible: T[] = [];
    for (let at = 0; at < this.pool.size; at++) {
      const ordinal = top + at;
      const row = this.window.get(ordinal);
      if (ordinal >= extent.end || (row === undefined && ordinal < source.first)) {
        this.pool.hide(at);
        continue;
      }
      if (row !== undefined) visible.push(row);
      this.pool.show(at, row, {
        ordinal,
        index: ordinal < extent.first ? null : ordinal - extent.first + header,
        count,
        selected: row !== undefined && sel.contains(this.selection, source.key(row), ordinal),
        active: ordinal === this.selection?.active.ordinal,
      });
    }
    // What has been on screen is not newer any more.
    this.leftAt = Math.max(this.leftAt, Math.min(extent.end, top + scroll.seenRows(extent, this.place)));
    if (!this.state.following) this.setState({ newer: source.end - this.leftAt });
    this.parts.body.style.transform = `translateY(${-Math.round(offset)}px)`;
    this.paintFrame(extent, header - 1);
    this.tellVisible(visible);
  }

  private paintFrame(extent: scroll.Extent, headerRows: number): void {
    const { grid, track, thumb } = this.parts;
    const { role } = this.options;
    const active = this.selection?.active.ordinal;
    const onScreen = active !== null && active !== undefined && active >= this.place.top && active < this.place.top + this.pool.size && active < extent.end;
    setAttribute(grid, "aria-activedescendant", onScreen ? this.pool.idOf(active) : null);
    if (role !== "listbox") setAttribute(grid, "aria-rowcount", String(extent.end - extent.first + headerRows));
    const shape = this.thumb();
    track.style.visibility = shape ? "" : "hidden";
    if (!shape) return;
    thumb.style.height = `${shape.size}px`;
    thumb.style.transform = `translateY(${Math.round(shape.start)}px)`;
    setAttribute(track, "aria-valuenow", String(Math.round(scroll.fractionOf(extent, this.place) * 100)));
  }

  private tellVisible(visible: readonly T[]): void {
    const { source, onVisible } = this.options;
    const [now, before] = [visible[0], this.visible[0]];
    const same =
      visible.length === this.visible.length &&
      (now === undefined || before === undefined || source.key(now) === source.key(before));
    this.visible = visible;
    if (!same) onVisible?.(visible);
  }
}
