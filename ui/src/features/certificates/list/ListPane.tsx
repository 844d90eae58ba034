import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { EmptyState, ErrorState, LoadingState, Note } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Icon } from "@/components/icon";
import { spanWord } from "@/components/life";
import { Menu, type MenuEntry } from "@/components/overlay";
import { Kbd, visibleString } from "@/components/text";
import type { CertificateEntry, CertificateList, JobId } from "@/contract";
import { formatNumber } from "@/i18n";
import shape from "@/styles/pane.module.css";
import { endingSoon } from "../ending";
import { nameOf } from "../names";
import { useMinute } from "../useCertificates";
import { CertificateTable } from "./CertificateTable";
import { JobNote } from "./JobNote";
import { KeysFooter } from "./KeysFooter";
import styles from "./List.module.css";
import { keyOf, listRows, type ListRow, type Sort } from "./model";
import type { People } from "./people";
import { faceOf, type TableRow } from "./row";

interface ListPaneProps {
  list: CertificateList;
  people: People;
  loading: boolean;
  error: unknown;
  retry: () => void;
  /** SHA-256 or id of the request that is shown. */
  selected: string | null;
  job: JobId | null;
  fresh: MenuEntry[];
  menuOf: (entry: CertificateEntry) => MenuEntry[];
  onSelect: (name: string) => void;
  onOpen: () => void;
  onImport: () => void;
  onRenew: (entries: CertificateEntry[]) => void;
  onDelete: (row: ListRow) => void;
}

/** The left part: filter, what can be made, what ends soon, the list, and where keys are. */
export function ListPane(props: ListPaneProps) {
  const { list, people, selected } = props;
  const { t } = useTranslation();
  const now = useMinute();
  const [filter, setFilter] = useState("");
  const [sort, setSort] = useState<Sort>("name");
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const { rows, found } = useMemo(() => listRows(list, people, { filter, sort, folded, now }), [list, people, filter, sort, folded, now]);
  const faced = useMemo(() => rows.map((row): TableRow => ({ ...row, face: faceOf(t, row, people, now) })), [rows, people, now, t]);
  const total = list.entries.length + list.requests.length;

  function fold(row: ListRow, open: boolean) {
    const name = row.kind === "group" ? row.group : row.kind === "certificate" ? row.entry.certificate.sha256 : null;
    if (name === null) return;
    const next = new Set(folded);
    if (open) next.delete(name);
    else next.add(name);
    setFolded(next);
  }

  return (
    <>
      <header className={cx(shape.header, styles.header)}>
        <h1 className={cx(shape.title, styles.title)}>{t("certificates.title")}</h1>
        <span className={styles.total} role="status">
          {filter.trim() === "" ? formatNumber(total) : t("certificates.found", { found: formatNumber(found), total: formatNumber(total) })}
        </span>
        <Filter value={filter} onChange={setFilter} />
        <Button icon="download" size="sm" onClick={props.onImport}>
          {t("certificates.import")}
        </Button>
        <Menu
          align="end"
          trigger={
            <Button icon="plus" size="sm">
              {t("certificates.new")}
              <Icon name="chevron-down" size={14} />
            </Button>
          }
          items={props.fresh}
        />
      </header>
      <JobNote job={props.job} />
      <EndingNote entries={list.entries} now={now} onRenew={props.onRenew} />
      {props.loading && <LoadingState />}
      {!props.loading && props.error !== null && <ErrorState error={props.error} onRetry={props.retry} />}
      {!props.loading && props.error === null && total > 0 && rows.length === 0 && (
        <EmptyState
          icon="funnel"
          title={t("certificates.noMatch")}
          text={t("certificates.noMatchText")}
          action={<Button onClick={() => setFilter("")}>{t("certificates.clearFilter")}</Button>}
        />
      )}
      {rows.length > 0 && (
        <CertificateTable
          rows={faced}
          sort={sort}
          onSort={setSort}
          selected={selected === null ? null : keyOf(selected)}
          onSelect={(row) => row.kind !== "group" && props.onSelect(row.kind === "request" ? row.request.id : row.entry.certificate.sha256)}
          onOpen={props.onOpen}
          onFold={fold}
          onDelete={props.onDelete}
          menuOf={(row) => (row.kind === "certificate" ? props.menuOf(row.entry) : [])}
        />
      )}
      {total > 0 && <KeysFooter list={list} />}
    </>
  );
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <span className={styles.filter}>
      <TextInput
        value={value}
        onChange={onChange}
        icon="search"
        role="searchbox"
        placeholder={t("certificates.filter")}
        aria-label={t("certificates.filterName")}
        title={t("certificates.filterHint")}
        data-pane-filter=""
        end={value === "" ? <Kbd keys="/" /> : <IconButton icon="close" label={t("certificates.clearFilter")} size="sm" onClick={() => onChange("")} />}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value !== "") onChange("");
          else if (event.key === "ArrowDown" || event.key === "Enter") event.currentTarget.closest("[data-pane]")?.querySelector<HTMLElement>("[data-pane-start]")?.focus();
          else return;
          event.preventDefault();
        }}
      />
    </span>
  );
}

/** Names two at most; the list has the rest. */
function EndingNote({ entries, now, onRenew }: { entries: CertificateEntry[]; now: number; onRenew: (entries: CertificateEntry[]) => void }) {
  const { t } = useTranslation();
  const soon = endingSoon(entries, now);
  if (soon.length === 0) return null;
  const named = soon.slice(0, 2).map(({ certificate }) => t("certificates.endsIn", { name: visibleString(nameOf(certificate)), left: spanWord(t, certificate.not_after - now) }));
  const rest = soon.length - named.length;
  return (
    <div className={styles.banner}>
      <Note
        tone="warn"
        title={t("certificates.soonTitle", { count: soon.length })}
        action={
          <Button size="sm" variant="ghost" onClick={() => onRenew(soon)}>
            {t("certificates.replaceAll")}
          </Button>
        }
      >
        {[...named, ...(rest > 0 ? [t("certificates.soonMore", { count: rest })] : [])].join(", ")}
      </Note>
    </div>
  );
}
