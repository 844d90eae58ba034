import type { TreeRow } from "./model";

/** What a key asks of the tree: go to a row, open or close a hub. */
export type TreeMove = { to: number } | { open: number } | { close: number };

/** The move that a key means at row `at`, after the ARIA tree pattern; null when it means none. */
export function treeMove(key: string, rows: readonly TreeRow[], at: number, page: number): TreeMove | null {
  const last = rows.length - 1;
  const row = rows[at];
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(last, at + 1) };
    case "ArrowUp":
      return { to: Math.max(0, at - 1) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: last };
    case "PageDown":
      return { to: Math.min(last, at + page) };
    case "PageUp":
      return { to: Math.max(0, at - page) };
    case "ArrowRight":
      if (row?.kind !== "hub" || row.devices === 0) return null;
      return row.open ? { to: Math.min(last, at + 1) } : { open: at };
    case "ArrowLeft":
      if (row?.kind === "hub") return row.open ? { close: at } : null;
      return { to: Math.max(0, rows.findLastIndex((each, index) => index < at && each.kind === "hub")) };
    default:
      return null;
  }
}

/** The next row after `at` whose name starts with what was typed; round the end. -1: none. */
export function typeAhead(rows: readonly TreeRow[], at: number, typed: string): number {
  const start = typed.length > 1 ? at : at + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (start + step) % rows.length;
    const row = rows[index];
    if (row !== undefined && nameOf(row).toLowerCase().startsWith(typed.toLowerCase())) return index;
  }
  return -1;
}

export function nameOf(row: TreeRow): string {
  return row.kind === "hub" ? row.hub.name : row.device.name;
}
