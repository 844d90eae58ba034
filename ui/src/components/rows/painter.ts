import type { RowsOptions, RowsParts } from "./options";
import { RowPool } from "./pool";
import { setAttribute } from "./renderer";
import { fractionOf, type Extent, type Place, type Thumb } from "./scroll";
import { contains, type Selection } from "./selection";
import type { RowWindow } from "./window";

/** What a list shows in one frame. */
export interface RowsPicture {
  extent: Extent;
  place: Place;
  selection: Selection | null;
  thumb: Thumb | null;
}

/** Writes a picture into the list's DOM; its work is bounded by the size of the viewport. */
export class RowsPainter<T> {
  private readonly pool: RowPool<T>;
  private onScreen: readonly T[] = [];

  constructor(
    private readonly parts: RowsParts,
    private readonly options: RowsOptions<T>,
    private readonly window: RowWindow<T>,
  ) {
    this.pool = new RowPool(parts.body, options.renderer, options.role, options.idPrefix);
  }

  /** The loaded rows of the last picture, oldest first. */
  get visible(): readonly T[] {
    return this.onScreen;
  }

  resize(count: number): void {
    this.pool.resize(count);
  }

  paint(picture: RowsPicture): void {
    const visible = this.paintRows(picture);
    this.parts.body.style.transform = `translateY(${-Math.round(picture.place.offset)}px)`;
    this.paintFrame(picture);
    this.tellVisible(visible);
  }

  close(): void {
    this.parts.body.replaceChildren();
  }

  private paintRows({ extent, place, selection }: RowsPicture): T[] {
    const { source } = this.options;
    const count = extent.end - extent.first;
    const visible: T[] = [];
    this.pool.moveTo(place.top);
    for (let at = 0; at < this.pool.size; at++) {
      const ordinal = place.top + at;
      const row = this.window.get(ordinal);
      if (ordinal >= extent.end || (row === undefined && ordinal < source.first)) {
        this.pool.hide(at);
        continue;
      }
      if (row !== undefined) visible.push(row);
      this.pool.show(at, row, {
        ordinal,
        index: ordinal < extent.first ? null : ordinal - extent.first + 1 + this.headerRows,
        count,
        selected: row !== undefined && contains(selection, source.key(row), ordinal),
        active: ordinal === selection?.active.ordinal,
      });
    }
    return visible;
  }

  private paintFrame({ extent, place, selection, thumb: shape }: RowsPicture): void {
    const { grid, track, thumb } = this.parts;
    const active = selection?.active.ordinal ?? null;
    const shown = active !== null && active >= place.top && active < Math.min(place.top + this.pool.size, extent.end);
    setAttribute(grid, "aria-activedescendant", shown ? this.pool.idOf(active) : null);
    if (this.options.role !== "listbox") {
      setAttribute(grid, "aria-rowcount", String(extent.end - extent.first + this.headerRows));
    }
    track.style.visibility = shape ? "" : "hidden";
    if (!shape) return;
    thumb.style.height = `${shape.size}px`;
    thumb.style.transform = `translateY(${Math.round(shape.start)}px)`;
    setAttribute(track, "aria-valuenow", String(Math.round(fractionOf(extent, place) * 100)));
  }

  private get headerRows(): number {
    return this.options.hasHeader ? 1 : 0;
  }

  private tellVisible(visible: readonly T[]): void {
    const { source, onVisible } = this.options;
    const [now, before] = [visible[0], this.onScreen[0]];
    const same =
      visible.length === this.onScreen.length &&
      (now === undefined || before === undefined || source.key(now) === source.key(before));
    this.onScreen = visible;
    if (!same) onVisible?.(visible);
  }
}
