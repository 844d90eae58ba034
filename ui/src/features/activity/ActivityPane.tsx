import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Row } from "@/contract";
import { IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { EmptyState, ErrorState, errorText, LoadingState } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Rows, useRowsLook, type RowsHandle } from "@/components/rows";
import { visibleString } from "@/components/text";
import { useToasts, useUndo } from "@/components/toast";
import { formatNumber, formatTime } from "@/i18n";
import { useSettings, useView } from "@/live";
import { usePlatform } from "@/platform";
import shape from "@/styles/pane.module.css";
import styles from "./Activity.module.css";
import { activityRows, textOf } from "./row";

/** What happened to a device's sessions: connections, refusals, lost messages. */
export function ActivityPane({ device }: { device: Device }) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const [{ single_keys: letters }] = useSettings();
  const undo = useUndo();
  const [query, setQuery] = useState("");
  const spec = useMemo(() => ({ query, device: device.id, classes: ["event" as const, "gap" as const] }), [query, device.id]);
  const { source, status, error } = useView(spec, device.id);
  const renderer = useRowsLook(activityRows);
  const rows = useRef<RowsHandle<Row>>(null);

  function onKey(event: KeyboardEvent, row: Row | null) {
    if (event.key !== "c" || !(event.ctrlKey || event.metaKey) || row === null) return;
    event.preventDefault();
    navigator.clipboard
      .writeText(`${formatTime(row.time, true)} ${textOf(row)}`)
      .then(() => toasts.show({ tone: "ok", title: t("activity.copied") }))
      .catch(() => toasts.show({ tone: "bad", title: t("messages.copied.failed"), text: t("messages.copied.failedText") }));
  }

  function clear() {
    platform.call("activity.clear", { device: device.id }).then(
      (done) => undo.offer(done, { title: t("activity.cleared"), text: visibleString(device.name) }),
      (thrown: unknown) => toasts.show({ tone: "bad", title: t("activity.notCleared"), text: errorText(t, thrown).sentence }),
    );
  }

  return (
    <section className={shape.column} data-pane="" aria-label={t("activity.pane", { name: device.name })}>
      <header className={cx(shape.header, styles.header)}>
        <h2 className={shape.title}>{t("activity.title")}</h2>
        <span className={styles.count}>{t("activity.count", { count: status?.matching ?? 0, number: formatNumber(status?.matching ?? 0) })}</span>
        <div className={styles.filter}>
          <TextInput
            value={query}
            onChange={setQuery}
            icon="funnel"
            data-pane-filter=""
            role="searchbox"
            aria-label={t("activity.filter")}
            aria-invalid={(source !== null && error !== null) || undefined}
            placeholder={t("activity.filter")}
          />
        </div>
        <IconButton icon="trash" label={t("activity.clear")} onClick={clear} />
      </header>
      {source ? (
        <Rows
          source={source}
          renderer={renderer}
          label={t("activity.list")}
          follows
          letters={letters}
          handle={rows}
          onKey={onKey}
          loading={<LoadingState />}
          header={
            <div role="row" aria-rowindex={1} className={styles.head}>
              <span role="columnheader">{t("activity.columns.time")}</span>
              <span role="columnheader">
                <span className="offscreen">{t("activity.columns.severity")}</span>
              </span>
              <span role="columnheader">{t("activity.columns.text")}</span>
            </div>
          }
          empty={<EmptyState icon="clock" title={t(query === "" ? "activity.emptyTitle" : "activity.nothing")} text={query === "" ? t("activity.emptyText") : undefined} />}
        />
      ) : (
        error !== null && <ErrorState error={error} />
      )}
    </section>
  );
}
