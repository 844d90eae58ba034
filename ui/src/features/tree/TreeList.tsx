import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { ContextMenu, type MenuEntry } from "@/components/overlay";
import { treeMove, typeAhead } from "./keys";
import type { TreeRow } from "./model";
import styles from "./Tree.module.css";
import { TreeRowView } from "./TreeRowView";

const ROW_HEIGHT = 24;
const OVERSCAN = 8;
const TYPE_AHEAD_MS = 700;

interface TreeListProps {
  rows: readonly TreeRow[];
  /** Key of the row whose page is open. */
  selected: string | null;
  onFold: (row: TreeRow, open: boolean) => void;
  onOpen: (row: TreeRow) => void;
  onEdit: (row: TreeRow) => void;
  onDelete: (row: TreeRow) => void;
  menuOf: (row: TreeRow) => MenuEntry[];
  ref?: Ref<HTMLDivElement>;
}

/** The tree: one tab stop, arrows inside, only the rows in sight in the document. */
export function TreeList({ rows, selected, onFold, onOpen, onEdit, onDelete, menuOf, ref }: TreeListProps) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [sight, setSight] = useState({ top: 0, height: 600 });

  const found = rows.findIndex((row) => row.key === (activeKey ?? selected));
  const active = Math.max(0, found);
  const activeRow = rows[active];
  const from = Math.max(0, Math.floor(sight.top / ROW_HEIGHT) - OVERSCAN);
  const to = Math.min(rows.length, Math.ceil((sight.top + sight.height) / ROW_HEIGHT) + OVERSCAN);

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
    if (element === null || activeKey === null) return;
    const top = active * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW_HEIGHT - element.clientHeight;
  }, [active, activeKey]);

  function onKeyDown(event: KeyboardEvent) {
    if (activeRow === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(sight.height / ROW_HEIGHT) - 1);
    const move = treeMove(event.key, rows, active, page);
    if (move !== null) {
      if ("to" in move) setActiveKey(rows[move.to]?.key ?? null);
      else onFold(activeRow, "open" in move);
    } else if (event.key === "Enter") activate(activeRow);
    else if (event.key === "F2") onEdit(activeRow);
    else if (event.key === "Delete") onDelete(activeRow);
    else if (event.key.length === 1 && /\S/.test(event.key) && event.key !== "/") goToTyped(event);
    else return;
    event.preventDefault();
  }

  function goToTyped(event: KeyboardEvent) {
    const fresh = event.timeStamp - typed.current.at > TYPE_AHEAD_MS;
    typed.current = { text: fresh ? event.key : typed.current.text + event.key, at: event.timeStamp };
    const index = typeAhead(rows, active, typed.current.text);
    if (index >= 0) setActiveKey(rows[index]?.key ?? null);
  }

  function activate(row: TreeRow) {
    if (row.kind === "hub") onFold(row, !row.open);
    else onOpen(row);
  }

  function rowUnder(event: MouseEvent): TreeRow | undefined {
    const element = scroller.current;
    if (element === null) return undefined;
    const inside = event.clientY - element.getBoundingClientRect().top + element.scrollTop;
    return rows[Math.floor(inside / ROW_HEIGHT)];
  }

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
        const row = rowUnder(event);
        if (row === undefined) return;
        setActiveKey(row.key);
        activate(row);
      }}
      onContextMenu={(event) => {
        // The menu key has no place of its own: its event comes from the tree itself.
        const row = event.button === 2 ? rowUnder(event) : activeRow;
        if (row !== undefined) setActiveKey(row.key);
      }}
    >
      <div ref={scroller} className={styles.scroller} role="presentation" onScroll={(event) => setSight({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}>
        <div className={styles.canvas} role="presentation" style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(from, to).map((row, index) => (
            <TreeRowView
              key={row.key}
              row={row}
              id={`${id}-${row.key}`}
              top={(from + index) * ROW_HEIGHT}
              active={row === activeRow}
              selected={row.key === selected}
            />
          ))}
        </div>
      </div>
    </div>
  );
  return <ContextMenu items={activeRow === undefined ? [] : menuOf(activeRow)} area={area} />;
}
