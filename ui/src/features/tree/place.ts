import type { TreeItem, TreeMove } from "@/contract";
import type { TreeRow } from "./model";

/** Where a dragged row would go: in front of or behind a row, or into it. */
export interface Drop {
  index: number;
  where: "before" | "after" | "into";
  move: TreeMove;
}

/** The item of a row, for the engine; null for a row that is none. */
export function itemOf(row: TreeRow): TreeItem | null {
  switch (row.kind) {
    case "hub":
      return { item: "hub", hub: row.hub.id };
    case "device":
      return { item: "device", device: row.device.id };
    case "folder":
      return { item: "folder", folder: row.folder.id };
    case "more":
      return null;
  }
}

/** What rows must share to stand beside each other: the same kind under the same parent. */
function parentOf(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  return rows.findLastIndex((row, at) => at < index && row.level < level);
}

function areSiblings(rows: readonly TreeRow[], one: number, other: number): boolean {
  return rows[one]?.kind === rows[other]?.kind && rows[one]?.level === rows[other]?.level && parentOf(rows, one) === parentOf(rows, other);
}

/** The next or previous row that a row can change places with; -1: none. */
function neighbour(rows: readonly TreeRow[], index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    if (areSiblings(rows, index, at)) return at;
    if ((rows[at]?.level ?? 0) < (rows[index]?.level ?? 0)) return -1;
  }
  return -1;
}

/** The folder that a row lies in. */
function folderOf(rows: readonly TreeRow[], index: number) {
  const row = rows[index];
  if (row?.kind === "device") return row.folder;
  const parent = rows[parentOf(rows, index)];
  return row?.kind === "hub" && parent?.kind === "folder" ? parent.folder.id : null;
}

/** One place up or down among its like; null at the end. */
export function step(rows: readonly TreeRow[], index: number, by: 1 | -1): TreeMove | null {
  const row = rows[index];
  const item = row === undefined ? null : itemOf(row);
  const next = neighbour(rows, index, by);
  if (item === null || next < 0) return null;
  return { item, folder: folderOf(rows, index), before: by < 0 ? beforeOf(rows, next) : behind(rows, next) };
}

function beforeOf(rows: readonly TreeRow[], index: number): TreeItem | null {
  const row = rows[index];
  return row === undefined ? null : itemOf(row);
}

/** What a row that comes behind another stands in front of. */
function behind(rows: readonly TreeRow[], index: number): TreeItem | null {
  const next = neighbour(rows, index, 1);
  return next < 0 ? null : beforeOf(rows, next);
}

/** What a drop at a row means; null where the dragged row cannot go. `part`: 0 at the row's upper edge, 1 at its lower. */
export function dropAt(rows: readonly TreeRow[], dragged: number, index: number, part: number): Drop | null {
  const from = rows[dragged];
  const to = rows[index];
  if (from === undefined || to === undefined || dragged === index) return null;
  const item = itemOf(from);
  if (item === null) return null;
  const into = (folder: string | null): Drop => ({ index, where: "into", move: { item, folder, before: null } });
  if (from.kind === "device") {
    if (to.kind === "folder" && to.hub?.id === from.hub.id) return into(to.folder.id);
    if (to.kind === "hub" && to.hub.id === from.hub.id) return into(null);
    if (to.kind !== "device" || to.hub.id !== from.hub.id) return null;
  } else if (from.kind === "hub") {
    if (to.kind === "folder" && to.hub === null) return into(to.folder.id);
    if (to.kind !== "hub") return null;
  } else if (to.kind !== "folder" || !areSiblings(rows, dragged, index)) return null;
  const where = part < 0.5 ? "before" : "after";
  const before = where === "before" ? beforeOf(rows, index) : behind(rows, index);
  return { index, where, move: { item, folder: folderOf(rows, index), before } };
}
