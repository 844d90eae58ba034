import styles from "./Icon.module.css";
import { ICON_PATHS, type IconName } from "./paths";

const SVG = "http://www.w3.org/2000/svg";

/** Adds an icon to an element outside React, as Icon does inside. Returns what shows one, or none for null. */
export function addIcon(into: Element, size: number): (name: IconName | null) => void {
  const svg = into.appendChild(document.createElementNS(SVG, "svg"));
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  svg.setAttribute("class", styles.icon ?? "");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  return (name) => {
    const drawing = name === null ? "" : ICON_PATHS[name];
    // A row is filled far more often than its icon changes.
    if (path.getAttribute("d") !== drawing) path.setAttribute("d", drawing);
  };
}
