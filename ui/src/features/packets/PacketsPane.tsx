import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, LaneRow } from "@/contract";
import { IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { EmptyState, ErrorState, LoadingState } from "@/components/feedback";
import { Rows, useRowsLook } from "@/components/rows";
import { formatBytes, formatNumber } from "@/i18n";
import shape from "@/styles/pane.module.css";
import { PacketDetail } from "./PacketDetail";
import styles from "./Packets.module.css";
import { packetRows } from "./row";
import { useLane, useLaneActions } from "./use-packets";

const COLUMNS = ["time", "direction", "kind", "id", "flags", "size", "after", "what"] as const;

/** The control packets of a device's sessions, watched while this is on screen. */
export function PacketsPane({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { source, status, error } = useLane(device);
  const { clear, exportLines } = useLaneActions(device);
  const [selected, setSelected] = useState<LaneRow | null>(null);
  const renderer = useRowsLook(packetRows);
  const count = status === null ? 0 : status.end - status.first;
  return (
    <section className={shape.column} data-pane="" aria-label={t("packets.pane", { name: device.name })}>
      <header className={cx(shape.header, styles.header)}>
        <h2 className={shape.title}>{t("packets.title")}</h2>
        <span className={styles.count}>
          {t("packets.count", { count, number: formatNumber(count) })}
          {status !== null && `, ${t("packets.bytes", { received: formatBytes(status.bytes_in), sent: formatBytes(status.bytes_out) })}`}
        </span>
        <IconButton icon="trash" size="sm" label={t("packets.clear")} disabled={count === 0} onClick={clear} />
        <IconButton icon="download" size="sm" label={t("packets.export")} disabled={count === 0} onClick={exportLines} />
      </header>
      {error === null ? (
        <Rows
          source={source}
          renderer={renderer}
          label={t("packets.list")}
          follows
          onSelect={setSelected}
          loading={<LoadingState />}
          header={
            <div role="row" aria-rowindex={1} className={styles.head}>
              {COLUMNS.map((column) => (
                <span key={column} role="columnheader" className={cx((column === "id" || column === "size" || column === "after") && styles.right)}>
                  <span className={cx(column === "direction" && "offscreen")}>{t(`packets.columns.${column}`)}</span>
                </span>
              ))}
            </div>
          }
          empty={<EmptyState icon="clock" title={t("packets.emptyTitle")} text={t("packets.emptyText")} />}
        />
      ) : (
        <ErrorState error={error} />
      )}
      {selected !== null && <PacketDetail row={selected} />}
      <p className={styles.note}>{t("packets.sizes")}</p>
    </section>
  );
}
