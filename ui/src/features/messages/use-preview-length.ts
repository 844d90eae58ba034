import { useEffect, type RefObject } from "react";
import type { ViewSource } from "@/live";

/** Width of a letter of the payload column, a little less than it is. */
const LETTER = 6;
/** What the other columns take of the table's width, in CSS pixels, at least. */
const OTHERS = 230;

/** Has replies hold as much preview as the payload column can show, and no more. */
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
