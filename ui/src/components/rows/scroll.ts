/**
 * A place in a list: the ordinal at the viewport's upper edge and how many pixels of that row are
 * above the edge. Two numbers, because near 2^53 a float has no room for a fraction of a row.
 */
export interface Place {
  top: number;
  offset: number;
}

/** What a place lies in: ordinals `first` to before `end`, sizes in CSS pixels. */
export interface Extent {
  first: number;
  end: number;
  viewport: number;
  rowHeight: number;
}

/** The thumb of the scrollbar within its track, in CSS pixels. */
export interface Thumb {
  size: number;
  start: number;
}

/** The smallest thumb that can be grabbed. */
export const THUMB_MIN = 28;

/** How many rows fit wholly; at least one. */
export function fullRows(extent: Extent): number {
  return Math.max(1, Math.floor(extent.viewport / extent.rowHeight));
}

/** How many rows, from the top one on, end above the lower edge. */
export function seenRows(extent: Extent, place: Place): number {
  return Math.floor((place.offset + extent.viewport) / extent.rowHeight);
}

/** How many rows can be seen at once, cut ones at both edges included. */
export function slotCount(extent: Extent): number {
  return Math.ceil(extent.viewport / extent.rowHeight) + 1;
}

/** Whether all rows fit, so that there is nothing to scroll. */
export function fits(extent: Extent): boolean {
  return extent.end - extent.first <= extent.viewport / extent.rowHeight;
}

/** The place that shows the newest row at the lower edge. */
export function lastPlace(extent: Extent): Place {
  if (fits(extent)) return { top: extent.first, offset: 0 };
  const whole = Math.floor(extent.viewport / extent.rowHeight);
  const rest = extent.viewport - whole * extent.rowHeight;
  return rest === 0
    ? { top: extent.end - whole, offset: 0 }
    : { top: extent.end - whole - 1, offset: extent.rowHeight - rest };
}

/** The nearest place that is inside the extent. */
export function clampPlace(extent: Extent, place: Place): Place {
  if (place.top < extent.first) return { top: extent.first, offset: 0 };
  const last = lastPlace(extent);
  return isAfter(place, last) ? last : place;
}

/** Scrolls by pixels; a positive distance goes to newer rows. */
export function moveBy(extent: Extent, place: Place, pixels: number): Place {
  const distance = place.offset + pixels;
  const rows = Math.floor(distance / extent.rowHeight);
  return clampPlace(extent, { top: place.top + rows, offset: distance - rows * extent.rowHeight });
}

/** The place at a fraction of the way, 0 for the oldest and 1 for the newest row. */
export function placeAt(extent: Extent, fraction: number): Place {
  const last = lastPlace(extent);
  const rows = (last.top - extent.first + last.offset / extent.rowHeight) * fraction;
  const whole = Math.floor(rows);
  return clampPlace(extent, { top: extent.first + whole, offset: (rows - whole) * extent.rowHeight });
}

/** How far a place is on the way from the oldest to the newest row, 0 to 1. */
export function fractionOf(extent: Extent, place: Place): number {
  const last = lastPlace(extent);
  const way = last.top - extent.first + last.offset / extent.rowHeight;
  if (way <= 0) return 0;
  const gone = place.top - extent.first + place.offset / extent.rowHeight;
  return Math.min(1, Math.max(0, gone / way));
}

/** The least movement that shows a row wholly. */
export function reveal(extent: Extent, place: Place, ordinal: number): Place {
  if (ordinal < place.top || (ordinal === place.top && place.offset > 0)) {
    return clampPlace(extent, { top: ordinal, offset: 0 });
  }
  const lowest = lastPlace({ ...extent, end: ordinal + 1 });
  return isAfter(lowest, place) ? clampPlace(extent, lowest) : place;
}

/** Size and position of the thumb; null when there is nothing to scroll. */
export function thumbOf(extent: Extent, place: Place, track: number): Thumb | null {
  if (fits(extent) || track <= 0) return null;
  const share = extent.viewport / ((extent.end - extent.first) * extent.rowHeight);
  const size = Math.min(track, Math.max(THUMB_MIN, Math.round(track * share)));
  return { size, start: (track - size) * fractionOf(extent, place) };
}

/** The fraction that a thumb dragged to `start` stands for. */
export function fractionOfThumb(track: number, size: number, start: number): number {
  return track <= size ? 0 : Math.min(1, Math.max(0, start / (track - size)));
}

/** Whether `a` is further down than `b`. */
export function isAfter(a: Place, b: Place): boolean {
  return a.top > b.top || (a.top === b.top && a.offset > b.offset);
}
