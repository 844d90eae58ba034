import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { ContextMenu, type MenuEntry } from "@/components/overlay";
import { ListSource, Rows, useRowHeight, useRowsLook, type RowsHandle } from "@/components/rows";
import { useSettings } from "@/live";
import styles from "./List.module.css";
import type { ListRow, Sort } from "./model";
import type { People } from "./people";
import { certificateRows } from "./row";

interface CertificateTableProps {
  rows: readonly ListRow[];
  people: People;
  /** Unix seconds: by what is left counted. */
  now: number;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The row that is shown beside the table, whoever chose it. */
  selected: number | null;
  onSelect: (row: ListRow) => void;
  onOpen: (row: ListRow) => void;
  onFold: (row: ListRow, open: boolean) => void;
  onDelete: (row: ListRow) => void;
  menuOf: (row: ListRow) => MenuEntry[];
}

/** The table of certificates: a tree whose rows fold, one tab stop, arrows inside. */
export function CertificateTable(props: CertificateTableProps) {
  const { rows, people, now, selected, onFold } = props;
  const { t } = useTranslation();
  const [{ single_keys: letters }] = useSettings();
  const source = useMemo(() => new ListSource<ListRow>((row) => row.key), []);
  const height = useRowHeight();
  const make = useMemo(() => () => certificateRows(height, people, now), [height, people, now]);
  const renderer = useRowsLook(make);
  const handle = useRef<RowsHandle<ListRow>>(null);
  const latest = useRef(selected);
  /** The row that the keyboard is on: a group as well. */
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => source.set(rows), [source, rows]);

  useEffect(() => {
    latest.current = selected;
    goToSelected();
  }, [selected]);

  /** A row that was chosen elsewhere comes on screen; the table may not be ready for it yet. */
  function goToSelected() {
    const wanted = latest.current;
    if (wanted !== null && handle.current?.activeRow()?.key !== wanted) void handle.current?.goTo(wanted);
    latest.current = null;
  }

  function choose(row: ListRow | null) {
    setAt(row?.key ?? null);
    if (row !== null && row.kind !== "group") props.onSelect(row);
  }

  function foldOf(row: ListRow): boolean | null {
    return row.kind === "request" ? null : row.open;
  }

  function onKey(event: KeyboardEvent, row: ListRow | null) {
    if (row === null) return;
    const open = foldOf(row);
    if (event.key === "ArrowRight" && open === false) onFold(row, true);
    else if (event.key === "ArrowLeft" && open === true) onFold(row, false);
    else if (event.key === "ArrowLeft") void goToParent(row);
    else if (event.key === "Delete") props.onDelete(row);
    else return;
    event.preventDefault();
  }

  async function goToParent(row: ListRow) {
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
        onVisible={goToSelected}
        onOpen={(row) => (row.kind === "group" ? onFold(row, !row.open) : props.onOpen(row))}
        onKey={onKey}
      />
    </div>
  );
  return <ContextMenu items={active === undefined ? [] : props.menuOf(active)} area={area} />;
}

function levelOf(row: ListRow): number {
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
