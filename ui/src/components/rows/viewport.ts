import type { Frames } from "./frames";
import type { RowsOptions } from "./options";
import * as scroll from "./scroll";
import type { RowsStatus } from "./status";
import { WheelGlide } from "./wheel";
import type { RowWindow } from "./window";

/**
 * Where a list stands: its place, whether it stays at its newest row, and which rows it asks for to show that. Every
 * move asks for its rows and for a frame.
 */
export class RowsViewport<T> {
  private readonly glide = new WheelGlide();
  private at: scroll.Place = { top: 0, offset: 0 };
  /** While following: the end of what is loaded, so that a newest row is never shown as a skeleton. */
  private shownEnd = 0;
  /** One past the newest row that was on screen; what lies beyond is newer. */
  private seenEnd = 0;
  private height = 0;
  private trackHeight = 0;

  constructor(
    private readonly options: RowsOptions<T>,
    private readonly window: RowWindow<T>,
    private readonly status: RowsStatus,
    private readonly frames: Frames,
  ) {
    if (!options.follows) this.at = { top: options.source.first, offset: 0 };
  }

  get place(): scroll.Place {
    return this.at;
  }

  get following(): boolean {
    return this.status.snapshot().following;
  }

  /** How many rows can be on screen at once. */
  get count(): number {
    return this.height > 0 ? scroll.slotCount(this.freeExtent()) : 0;
  }

  /** One past the last row that is shown. */
  get end(): number {
    return this.following ? this.shownEnd : this.options.source.end;
  }

  extent(): scroll.Extent {
    return { ...this.freeExtent(), end: this.end };
  }

  thumb(): scroll.Thumb | null {
    return scroll.thumbOf(this.extent(), this.at, this.trackHeight);
  }

  resize(height: number, trackHeight: number): void {
    this.height = height;
    this.trackHeight = trackHeight;
    this.ask(false);
  }

  /** Goes to the newest row and stays there. */
  follow(): void {
    this.glide.stop();
    if (!this.following) this.frames.hold();
    this.setFollowing(true);
    this.ask(false);
  }

  setFollowing(following: boolean): void {
    if (following === this.following) return;
    const { end } = this.options.source;
    if (following) this.shownEnd = end;
    else this.seenEnd = this.shownEnd;
    this.status.set({ following, newer: following ? 0 : end - this.seenEnd });
  }

  /** Says whether there was anywhere to go. */
  wheel(pixels: number, smooth: boolean): boolean {
    const to = scroll.moveBy(this.freeExtent(), this.at, pixels);
    const stays = to.top === this.at.top && to.offset === this.at.offset;
    const canFollow = this.options.follows && !this.following && pixels > 0;
    if (stays && !canFollow && !this.glide.moving) return false;
    const now = this.glide.push(pixels, smooth);
    if (now !== 0) this.scrollTo(to);
    else this.frames.ask();
    return true;
  }

  /** One frame's share of a wheel notch. */
  glideOn(): void {
    if (this.glide.moving) this.scrollTo(scroll.moveBy(this.freeExtent(), this.at, this.glide.step()));
  }

  scrollToFraction(fraction: number): void {
    this.glide.stop();
    this.scrollTo(scroll.placeAt(this.freeExtent(), fraction));
  }

  scrollByPages(pages: number): void {
    const extent = this.freeExtent();
    this.glide.stop();
    this.scrollTo(scroll.moveBy(extent, this.at, pages * Math.max(extent.rowHeight, extent.viewport - extent.rowHeight)));
  }

  /** Brings a row on screen by the least movement. */
  reveal(ordinal: number): void {
    this.glide.stop();
    this.setFollowing(false);
    // Rows that the log let go of may still be on screen, pinned: moving among them must not jump.
    const extent = { ...this.freeExtent(), first: Math.min(this.options.source.first, this.at.top) };
    this.at = scroll.reveal(extent, this.at, ordinal);
    this.ask(false);
  }

  /** Shows a row at its former line of the screen, or in the upper third when that line is not there any more. */
  putAt(ordinal: number, screenRow: number): void {
    const onScreen = screenRow >= 0 && screenRow < this.count ? screenRow : Math.floor(this.count / 3);
    this.at = scroll.clampPlace(this.freeExtent(), { top: ordinal - onScreen, offset: 0 });
    this.ask(true);
  }

  /** The source has other rows or another end. */
  changed(): void {
    const { source } = this.options;
    const { top } = this.at;
    if (this.following) {
      this.shownEnd = Math.min(this.shownEnd, source.end);
      const tail = this.shownEnd < source.end || this.window.hasUnsettled(top, this.shownEnd);
      if (tail || !this.window.covers(top, this.shownEnd)) this.wantTail();
    } else {
      this.seenEnd = Math.min(this.seenEnd, source.end);
      this.status.set({ newer: source.end - this.seenEnd });
      this.wantScreen(this.window.hasUnsettled(top, top + this.count));
    }
    this.frames.ask();
  }

  /** The source dealt its ordinals anew: the place of before means nothing. */
  dealtAnew(): void {
    const { source, follows } = this.options;
    this.shownEnd = source.first;
    this.seenEnd = source.end;
    const extent = this.freeExtent();
    this.at = follows ? scroll.lastPlace(extent) : scroll.clampPlace(extent, this.at);
    this.frames.hold();
  }

  /** Rows up to before `end` came in. */
  loadedTo(end: number): void {
    if (this.following) this.shownEnd = Math.max(this.shownEnd, end);
  }

  /** The extent to paint; following, the place goes to its end. */
  toPaint(): scroll.Extent {
    const extent = this.extent();
    if (this.following) this.at = scroll.lastPlace(extent);
    return extent;
  }

  /** What has been on screen is not newer any more. */
  painted(extent: scroll.Extent): void {
    this.seenEnd = Math.max(this.seenEnd, Math.min(extent.end, this.at.top + scroll.seenRows(extent, this.at)));
    if (!this.following) this.status.set({ newer: this.options.source.end - this.seenEnd });
  }

  /** Asks for the rows to show, with `again` also when they are all here. */
  ask(again: boolean): void {
    if (this.following) this.wantTail();
    else this.wantScreen(again);
    this.frames.ask();
  }

  /** The extent as it is when nothing is followed. */
  private freeExtent(): scroll.Extent {
    const { source, renderer } = this.options;
    return { first: source.first, end: source.end, viewport: this.height, rowHeight: renderer.rowHeight };
  }

  /** Scrolls because the user wanted it: going up ends following, reaching the end begins it. */
  private scrollTo(place: scroll.Place): void {
    const atEnd = !scroll.isAfter(scroll.lastPlace(this.freeExtent()), place);
    this.at = place;
    this.setFollowing(this.options.follows && atEnd);
    this.ask(false);
  }

  private wantTail(): void {
    const { source } = this.options;
    if (this.count === 0 || source.end === source.first) return;
    const from = Math.max(source.first, source.end - this.count);
    this.window.want(from, source.end - from);
  }

  /** Asks for the rows on screen and a screen on either side, when one of them is missing. */
  private wantScreen(again: boolean): void {
    const { source } = this.options;
    const { count } = this;
    const { top } = this.at;
    if (count === 0 || source.end === source.first) return;
    const near = Math.floor(count / 2);
    if (!again && this.window.covers(top - near, top + count + near)) return;
    const from = Math.max(0, top - count);
    this.window.want(from, Math.min(3 * count, source.end - from));
  }
}
