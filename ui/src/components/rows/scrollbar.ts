import type { PointerEvent } from "react";
import { fractionOfThumb, type Thumb } from "./scroll";

/** What the scrollbar needs of a list. */
export interface Scrollable {
  thumb(): Thumb | null;
  scrollToFraction(fraction: number): void;
  scrollByPages(pages: number): void;
}

/** Follows the pointer with the thumb, by fraction of the track, until it is let go. */
export function dragThumb(event: PointerEvent<HTMLElement>, list: Scrollable): void {
  const shape = list.thumb();
  const thumb = event.currentTarget;
  const track = thumb.parentElement;
  if (event.button !== 0 || !shape || !track) return;
  event.preventDefault();
  event.stopPropagation();
  const grip = event.clientY - thumb.getBoundingClientRect().top;
  const { pointerId } = event;
  thumb.setPointerCapture(pointerId);
  const move = (moved: globalThis.PointerEvent) => {
    if (moved.pointerId !== pointerId) return;
    const box = track.getBoundingClientRect();
    list.scrollToFraction(fractionOfThumb(box.height, shape.size, moved.clientY - box.top - grip));
  };
  const end = (ended: globalThis.PointerEvent) => {
    if (ended.pointerId !== pointerId) return;
    thumb.removeEventListener("pointermove", move);
    thumb.removeEventListener("pointerup", end);
    thumb.removeEventListener("pointercancel", end);
  };
  thumb.addEventListener("pointermove", move);
  thumb.addEventListener("pointerup", end);
  thumb.addEventListener("pointercancel", end);
}

/** A press beside the thumb goes one page towards it; with Shift it goes there. */
export function pressTrack(event: PointerEvent<HTMLElement>, list: Scrollable): void {
  const shape = list.thumb();
  if (event.button !== 0 || !shape) return;
  event.preventDefault();
  const box = event.currentTarget.getBoundingClientRect();
  const y = event.clientY - box.top;
  if (event.shiftKey) list.scrollToFraction(fractionOfThumb(box.height, shape.size, y - shape.size / 2));
  else list.scrollByPages(y < shape.start ? -1 : 1);
}
