import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { ContextMenu, type MenuEntry } from "@/components/overlay";
import { useRowHeight } from "@/components/rows";
import type { TreeMove } from "@/contract";
import type { TreeCredentials } from "./credentials";
import { treeStep, typeAhead } from "./keys";
import { hasBranch, isOpen, type TreeRow } from "./model";
import { step } from "./place";
import styles from "./Tree.module.css";
import { TreeRowView } from "./TreeRowView";
import { useTreeDrag } from "./useTreeDrag";

const OVERSCAN = 8;
const TYPE_AHEAD_MS = 700;

interface TreeListProps {
  rows: readonly TreeRow[];
  credentials: TreeCredentials;
  /** Key of the row whose page is open. */
  selected: string | null;
  onFold: (row: TreeRow, open: boolean) => void;
  /** A device, a hub that has none yet, or the row that stands for devices that are not shown. */
  onOpen: (row: TreeRow) => void;
  onEdit: (row: TreeRow) => void;
  onDelete: (row: TreeRow) => void;
  /** Puts an item elsewhere. */
  onMove: (move: TreeMove) => void;
  menuOf: (row: TreeRow) => MenuEntry[];
  ref?: Ref<HTMLDivElement>;
}

/** The tree: one tab stop, arrows inside, only the rows in sight in the document. */
export function TreeList({ rows, credentials, selected, onFold, onOpen, onEdit, onDelete, onMove, menuOf, ref }: TreeListProps) {
  const { t } = useTranslation();
  const id = useId();
  const rowHeight = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [cursor, setCursor] = useState<{ key: string; index: number } | null>(null);
  const [sight, setSight] = useState({ top: 0, height: 600 });

  // When the row of the cursor has gone, the one in its place takes over.
  const found = rows.findIndex((row) => row.key === (cursor?.key ?? selected));
  const active = found >= 0 ? found : Math.min(cursor?.index ?? 0, rows.length - 1);
  const activeRow = rows[active];
  const from = Math.max(0, Math.floor(sight.top / rowHeight) - OVERSCAN);
  const to = Math.min(rows.length, Math.ceil((sight.top + sight.height) / rowHeight) + OVERSCAN);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(() => setSight({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // The active row stays in sight when it is moved by keys.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || cursor === null) return;
    const top = active * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
  }, [active, cursor, rowHeight]);

  function onKeyDown(event: KeyboardEvent) {
    if (activeRow === undefined || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") moveBy(event, event.key === "ArrowUp" ? -1 : 1);
      return;
    }
    const page = Math.max(1, Math.floor(sight.height / rowHeight) - 1);
    const next = treeStep(event.key, rows, active, page);
    if (next !== null) {
      if ("to" in next) goTo(next.to);
      else onFold(activeRow, "open" in next);
    } else if (event.key === "Enter") activate(activeRow);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) askForMenu(event);
    else if (event.key === "F2") onEdit(activeRow);
    else if (event.key === "Delete") onDelete(activeRow);
    else if (event.key.length === 1 && /\S/.test(event.key) && event.key !== "/") goToTyped(event);
    else return;
    event.preventDefault();
  }

  function moveBy(event: KeyboardEvent, by: 1 | -1) {
    event.preventDefault();
    const move = step(rows, active, by);
    // Its key stays, so the cursor goes along.
    if (activeRow !== undefined) setCursor({ key: activeRow.key, index: active });
    if (move !== null) onMove(move);
  }

  function goToTyped(event: KeyboardEvent) {
    const fresh = event.timeStamp - typed.current.at > TYPE_AHEAD_MS;
    typed.current = { text: fresh ? event.key : typed.current.text + event.key, at: event.timeStamp };
    const index = typeAhead(rows, active, typed.current.text);
    if (index >= 0) goTo(index);
  }

  function goTo(index: number) {
    const row = rows[index];
    if (row !== undefined) setCursor({ key: row.key, index });
  }

  /** The menu key asks for the menu of the active row. */
  function askForMenu(event: KeyboardEvent) {
    const box = document.getElementById(`${id}-${activeRow?.key}`)?.getBoundingClientRect();
    if (box === undefined) return;
    const at = { clientX: box.left + 40, clientY: box.bottom - 2 };
    event.currentTarget.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...at }));
  }

  function activate(row: TreeRow) {
    if (hasBranch(row)) onFold(row, !isOpen(row));
    else onOpen(row);
  }

  function indexUnder(event: MouseEvent): number {
    const element = scroller.current;
    if (element === null) return -1;
    const inside = event.clientY - element.getBoundingClientRect().top + element.scrollTop;
    return Math.floor(inside / rowHeight);
  }

  const drag = useTreeDrag(rows, scroller, indexUnder, rowHeight, onMove);

  const area = (
    <div
      ref={ref}
      role="tree"
      tabIndex={0}
      aria-label={t("tree.list")}
      aria-activedescendant={activeRow === undefined ? undefined : `${id}-${activeRow.key}`}
      className={styles.tree}
      data-pane-start=""
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const index = indexUnder(event);
        const row = rows[index];
        goTo(index);
        if (row !== undefined) activate(row);
      }}
      onContextMenu={(event) => goTo(indexUnder(event))}
      {...drag.handlers}
    >
      <div ref={scroller} className={styles.scroller} role="presentation" onScroll={(event) => setSight({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}>
        <div className={styles.canvas} role="presentation" style={{ height: rows.length * rowHeight }}>
          {rows.slice(from, to).map((row, index) => (
            <TreeRowView
              key={row.key}
              row={row}
              credentials={credentials}
              id={`${id}-${row.key}`}
              top={(from + index) * rowHeight}
              active={row === activeRow}
              selected={row.key === selected}
              drop={drag.drop?.index === from + index ? drag.drop.where : null}
            />
          ))}
        </div>
      </div>
    </div>
  );
  return <ContextMenu items={activeRow === undefined ? [] : menuOf(activeRow)} area={area} />;
}
