import { useEffect, useLayoutEffect, useId, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { RowsController } from "./controller";
import { commandOf } from "./keys";
import { RowsFrame } from "./RowsFrame";
import type { RowRenderer, RowsRole } from "./renderer";
import type { Selection } from "./selection";
import type { RowSource } from "./source";
import styles from "./Rows.module.css";
import { dragThumb, pressTrack } from "./scrollbar";
import { wheelPixels } from "./wheel";

/** What a row command of the caller works on. */
export interface RowsHandle<T> {
  focus(): void;
  follow(): void;
  stopFollowing(): void;
  clearSelection(): void;
  activeRow(): T | null;
  selectedRows(): T[];
  /** Selects the row with this key and brings it on screen; false when the source has no such row. */
  goTo(key: number): Promise<boolean>;
}

export interface RowsProps<T> {
  source: RowSource<T>;
  renderer: RowRenderer<T>;
  /** Name of the list. */
  label: string;
  role?: RowsRole;
  /** The list starts at its newest row and stays there until the user scrolls up or selects. */
  follows?: boolean;
  /** A header row, with `role="row"` and its cells. */
  header?: ReactNode;
  /** Shown when there are no rows. */
  empty?: ReactNode;
  /** Shown over the skeleton while the source fills itself and has no row yet. */
  loading?: ReactNode;
  /** J and K go from row to row, as the arrows do; they do unless it is false. */
  letters?: boolean | undefined;
  multiselectable?: boolean;
  handle?: Ref<RowsHandle<T>>;
  onSelect?: (row: T | null, selection: Selection | null) => void;
  onOpen?: (row: T) => void;
  onVisible?: (rows: readonly T[]) => void;
  onFollowing?: (following: boolean) => void;
  /** Keys that are not the list's own, with the active row. */
  onKey?: (event: React.KeyboardEvent, row: T | null) => void;
}

/** Our one virtual list; see RowsController for how it works. */
export function Rows<T>(props: RowsProps<T>) {
  const { source, renderer, label, role = "grid", follows = false, header, handle } = props;
  const { t } = useTranslation();
  const idPrefix = useId();
  const grid = useRef<HTMLDivElement>(null);
  const port = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  /** The row that was active before another look made the list anew. */
  const before = useRef<{ source: RowSource<T>; key: number } | null>(null);
  const [controller, setController] = useState<RowsController<T> | null>(null);
  const hasHeader = header !== undefined;

  // With the paint and not after it: a key may come in between.
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parts = { grid: grid.current, port: port.current, body: body.current, track: track.current, thumb: thumb.current };
    const { grid: g, port: p, body: b, track: t, thumb: h } = parts;
    if (!g || !p || !b || !t || !h) return undefined;
    const made = new RowsController<T>(
      { grid: g, port: p, body: b, track: t, thumb: h },
      {
        source,
        renderer,
        role,
        idPrefix,
        follows,
        hasHeader,
        onSelect: (row, selection) => latest.current.onSelect?.(row, selection),
        onOpen: (row) => latest.current.onOpen?.(row),
        onVisible: (rows) => latest.current.onVisible?.(rows),
      },
    );
    let following = made.snapshot().following;
    made.subscribe(() => {
      if (made.snapshot().following === following) return;
      following = made.snapshot().following;
      latest.current.onFollowing?.(following);
    });
    // A passive listener could not keep what is around the list from scrolling too; at an end that is to go on.
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (made.wheel(wheelPixels(event, renderer.rowHeight, p.clientHeight), !still)) event.preventDefault();
    };
    p.addEventListener("wheel", wheel, { passive: false });
    t.addEventListener("wheel", wheel, { passive: false });
    setController(made);
    if (before.current?.source === source) void made.goTo(before.current.key);
    return () => {
      const active = made.activeRow();
      before.current = active === null ? null : { source, key: source.key(active) };
      p.removeEventListener("wheel", wheel);
      t.removeEventListener("wheel", wheel);
      made.close();
      setController(null);
    };
  }, [source, renderer, role, idPrefix, follows, hasHeader]);

  useImperativeHandle(
    handle,
    () => ({
      focus: () => grid.current?.focus(),
      follow: () => controller?.follow(),
      stopFollowing: () => controller?.stopFollowing(),
      clearSelection: () => controller?.clearSelection(),
      activeRow: () => controller?.activeRow() ?? null,
      selectedRows: () => controller?.selectedRows() ?? [],
      goTo: (key) => controller?.goTo(key) ?? Promise.resolve(false),
    }),
    [controller],
  );

  /** The menu key asks for the menu at the active row, where a context menu around the list hears it. */
  const askForMenu = () => {
    const id = grid.current?.getAttribute("aria-activedescendant");
    const row = id ? document.getElementById(id) : null;
    const box = row?.getBoundingClientRect();
    if (!row || !box) return;
    const at = { clientX: box.left + 24, clientY: box.bottom - 2 };
    row.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...at }));
  };

  /** Shift selects more than one row, where that is of use. */
  const selectsMore = (event: { shiftKey: boolean }) => event.shiftKey && props.multiselectable === true;

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!controller || event.target !== grid.current) return;
    const command = commandOf(event, props.letters !== false);
    if (command === "all" && props.multiselectable !== true) return;
    if (command) {
      event.preventDefault();
      controller.run(command, selectsMore(event));
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      askForMenu();
    } else {
      props.onKey?.(event, controller.activeRow());
    }
  };

  const selectUnder = (event: React.MouseEvent): T | null => {
    const top = port.current?.getBoundingClientRect().top ?? 0;
    return controller?.selectAt(event.clientY - top, selectsMore(event)) ?? null;
  };

  return (
    <div className={styles.rows}>
      <div
        ref={grid}
        id={`${idPrefix}-list`}
        className={styles.grid}
        role={role}
        tabIndex={0}
        data-pane-start=""
        aria-label={label}
        aria-multiselectable={props.multiselectable || undefined}
        onKeyDown={onKeyDown}
      >
        {header}
        <div
          ref={port}
          className={styles.port}
          role={role === "listbox" ? "presentation" : "rowgroup"}
          onMouseDown={(event) => {
            // Also for the right button: a context menu around the list must know its row before it opens.
            if (event.button === 0 || event.button === 2) selectUnder(event);
          }}
          onDoubleClick={(event) => {
            const row = selectUnder(event);
            if (row !== null) props.onOpen?.(row);
          }}
          onContextMenu={(event) => {
            grid.current?.focus();
            selectUnder(event);
          }}
        >
          <div ref={body} className={styles.body} role="presentation" />
        </div>
      </div>
      <div
        ref={track}
        className={styles.track}
        role="scrollbar"
        tabIndex={-1}
        aria-label={t("rows.scrollbar", { list: label })}
        aria-orientation="vertical"
        aria-controls={`${idPrefix}-list`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        onPointerDown={(event) => controller && pressTrack(event, controller)}
      >
        <div ref={thumb} className={styles.thumb} onPointerDown={(event) => controller && dragThumb(event, controller)} />
      </div>
      {controller && <RowsFrame controller={controller} empty={props.empty} loading={props.loading} />}
    </div>
  );
}
