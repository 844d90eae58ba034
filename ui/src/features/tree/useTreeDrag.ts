import { useRef, useState, type DragEvent, type RefObject } from "react";
import type { TreeMove } from "@/contract";
import type { TreeRow } from "./model";
import { dropAt, itemOf, type Drop } from "./place";

/** Names our own drags: what comes from elsewhere has another type, and a file among them is not for the tree. */
const TYPE = "application/x-hubscope-tree";

/** Dragging rows of the tree to another place. The keyboard does the same with Alt and the arrows. */
export function useTreeDrag(
  rows: readonly TreeRow[],
  scroller: RefObject<HTMLDivElement | null>,
  indexUnder: (event: DragEvent) => number,
  rowHeight: number,
  onMove: (move: TreeMove) => void,
) {
  const dragged = useRef<string | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);

  function target(event: DragEvent): Drop | null {
    const element = scroller.current;
    const from = rows.findIndex((row) => row.key === dragged.current);
    if (element === null || from < 0) return null;
    const inside = event.clientY - element.getBoundingClientRect().top + element.scrollTop;
    const index = indexUnder(event);
    return dropAt(rows, from, index, inside / rowHeight - index);
  }

  function end() {
    dragged.current = null;
    setDrop(null);
  }

  const handlers = {
    onDragStart(event: DragEvent) {
      const row = rows[indexUnder(event)];
      if (row === undefined || itemOf(row) === null) {
        event.preventDefault();
        return;
      }
      dragged.current = row.key;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData(TYPE, row.key);
    },
    onDragOver(event: DragEvent) {
      const next = target(event);
      if (next !== null) {
        event.preventDefault();
        event.dataTransfer.dropEffect = "move";
      }
      if (next?.index !== drop?.index || next?.where !== drop?.where) setDrop(next);
    },
    onDragLeave(event: DragEvent) {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setDrop(null);
    },
    onDrop(event: DragEvent) {
      const next = target(event);
      end();
      if (next === null) return;
      event.preventDefault();
      onMove(next.move);
    },
    onDragEnd: end,
  };
  return { drop, handlers };
}
