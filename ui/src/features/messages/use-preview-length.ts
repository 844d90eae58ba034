import { useEffect, type RefObject } from "react";
import type { ViewSource } from "@/live";

/** Width of a letter of a preview, a little less than it is. */
const LETTER = 6;
/** What time and direction take of the table's width, in CSS pixels; the text of an event has all the rest. */
const OTHERS = 150;

/** Has replies hold as much preview as a row can show, and no more. */
export function usePreviewLength(area: RefObject<HTMLElement | null>, source: ViewSource): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      source.preview = Math.max(24, Math.ceil((element.clientWidth - OTHERS) / LETTER));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [area, source]);
}
