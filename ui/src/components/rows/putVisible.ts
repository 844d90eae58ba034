import { markOf, visibleParts } from "../text/visible";
import styles from "../text/VisibleText.module.css";

/**
 * Puts text from outside into an element outside React, as VisibleText does inside: control and bidi characters
 * become marks. The element is to be bidi-isolated by its style.
 */
export function putVisible(element: HTMLElement, text: string): void {
  if (shown.get(element) === text) return;
  shown.set(element, text);
  const parts = visibleParts(text);
  const first = parts[0];
  if (parts.length === 1 && first && "text" in first) {
    element.textContent = text;
    return;
  }
  element.replaceChildren(
    ...parts.map((part) => {
      if ("text" in part) return part.text;
      const mark = document.createElement("span");
      mark.className = part.code > 0x20 ? `${styles.mark} ${styles.code}` : (styles.mark ?? "");
      mark.textContent = markOf(part.code);
      return mark;
    }),
  );
}

/** What each element shows, so that a row that did not change is not written again. */
const shown = new WeakMap<HTMLElement, string>();
