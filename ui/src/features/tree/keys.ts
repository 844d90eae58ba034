import { hasBranch, isOpen, type TreeRow } from "./model";

/** What a key asks of the tree: go to a row, open or close a hub or folder. */
export type TreeStep = { to: number } | { open: number } | { close: number };

/** The step that a key means at row `at`, after the ARIA tree pattern; null when it means none. */
export function treeStep(key: string, rows: readonly TreeRow[], at: number, page: number): TreeStep | null {
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
      if (row === undefined || !hasBranch(row)) return null;
      return isOpen(row) ? { to: Math.min(last, at + 1) } : { open: at };
    case "ArrowLeft": {
      if (row === undefined) return null;
      if (isOpen(row)) return { close: at };
      const parent = rows.findLastIndex((each, index) => index < at && each.level < row.level);
      return parent < 0 ? null : { to: parent };
    }
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

/** What a row is called; one that stands for others has no name. */
export function nameOf(row: TreeRow): string {
  switch (row.kind) {
    case "hub":
      return row.hub.name;
    case "device":
      return row.device.name;
    case "folder":
      return row.folder.name;
    case "more":
      return "";
  }
}
