import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { ContextMenu, type MenuEntry } from "@/components/overlay";
import { ListSource, Rows, useRowsLook, type RowsHandle } from "@/components/rows";
import { useSettings } from "@/live";
import styles from "./List.module.css";
import type { Sort } from "./model";
import { certificateRows, type TableRow } from "./row";

interface CertificateTableProps {
  rows: readonly TableRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The row that is shown beside the table, whoever chose it. */
  selected: number | null;
  onSelect: (row: TableRow) => void;
  onOpen: (row: TableRow) => void;
  onFold: (row: TableRow, open: boolean) => void;
  onDelete: (row: TableRow) => void;
  menuOf: (row: TableRow) => MenuEntry[];
}

/** The table of certificates: a tree whose rows fold, one tab stop, arrows inside. */
export function CertificateTable(props: CertificateTableProps) {
  const { rows, selected, onFold } = props;
  const { t } = useTranslation();
  const [{ single_keys: letters }] = useSettings();
  const source = useMemo(() => new ListSource<TableRow>((row) => row.key), []);
  const renderer = useRowsLook(certificateRows);
  const handle = useRef<RowsHandle<TableRow>>(null);
  /** The row that the keyboard is on: a group as well. */
  const [at, setAt] = useState<number | null>(null);
  /** A row that was chosen elsewhere and is not on screen yet: it may still have to come into the list. */
  const wanted = useRef<number | null>(null);
  const on = useRef<number | null>(null);

  useEffect(() => source.set(rows), [source, rows]);

  useEffect(() => {
    if (selected === on.current) return;
    // What was selected before must not come back with the next list.
    handle.current?.clearSelection();
    wanted.current = selected;
  }, [selected]);

  useEffect(goToWanted, [selected, rows]);

  function goToWanted() {
    if (wanted.current !== null) void handle.current?.goTo(wanted.current);
  }

  function choose(row: TableRow | null) {
    on.current = row?.key ?? null;
    setAt(on.current);
    if (row === null) return;
    wanted.current = null;
    if (row.kind !== "group") props.onSelect(row);
  }

  function foldOf(row: TableRow): boolean | null {
    return row.kind === "request" ? null : row.open;
  }

  function onKey(event: KeyboardEvent, row: TableRow | null) {
    if (row === null) return;
    const open = foldOf(row);
    if (event.key === "ArrowRight" && open === false) onFold(row, true);
    else if (event.key === "ArrowLeft" && open === true) onFold(row, false);
    else if (event.key === "ArrowLeft") void goToParent(row);
    else if (event.key === "Delete") props.onDelete(row);
    else return;
    event.preventDefault();
  }

  async function goToParent(row: TableRow) {
    const level = levelOf(row);
    const above = rows.slice(0, rows.findIndex(({ key }) => key === row.key)).findLast((each) => levelOf(each) < level);
    if (above !== undefined) await handle.current?.goTo(above.key);
  }

  function onClick(event: MouseEvent) {
    const row = handle.current?.activeRow() ?? null;
    const open = row === null ? null : foldOf(row);
    if (row === null || open === null || !(event.target instanceof Element)) return;
    if (event.target.closest("[data-fold]") !== null || (row.kind === "group" && event.target.closest("[role=row]") !== null)) onFold(row, !open);
  }

  const active = rows.find(({ key }) => key === at);
  const area = (
    // Hears the clicks of the rows, which live outside React; the table itself has the keys.
    <div role="presentation" className={styles.area} onClick={onClick}>
      <Rows
        source={source}
        renderer={renderer}
        role="treegrid"
        label={t("certificates.list")}
        letters={letters}
        handle={handle}
        header={<Header sort={props.sort} onSort={props.onSort} />}
        onSelect={choose}
        onVisible={goToWanted}
        onOpen={(row) => (row.kind === "group" ? onFold(row, !row.open) : props.onOpen(row))}
        onKey={onKey}
      />
    </div>
  );
  return <ContextMenu items={active === undefined ? [] : props.menuOf(active)} area={area} />;
}

function levelOf(row: TableRow): number {
  return row.kind === "group" ? 1 : row.level;
}

function Header({ sort, onSort }: Pick<CertificateTableProps, "sort" | "onSort">) {
  const { t } = useTranslation();
  const sortable = (column: "subject" | "left", by: Sort) => (
    <span role="columnheader" aria-sort={sort === by ? "ascending" : "none"}>
      <button type="button" className={styles.sort} data-on={sort === by ? "" : undefined} onClick={() => onSort(by)}>
        {t(`certificates.columns.${column}`)}
        {sort === by && <Icon name="chevron-up" size={12} />}
      </button>
    </span>
  );
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {sortable("subject", "name")}
      <span role="columnheader">{t("certificates.columns.type")}</span>
      <span role="columnheader">{t("certificates.columns.key")}</span>
      {sortable("left", "end")}
      <span role="columnheader">{t("certificates.columns.users")}</span>
    </div>
  );
}
