import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon, Mark, type IconName } from "@/components/icon";
import { Kbd, VisibleText, visibleString } from "@/components/text";
import type { HubKind } from "@/contract";
import { formatNumber } from "@/i18n";
import { useClock, useLiveQuery, useUnverified } from "@/live";
import type { TreeCredentials } from "./credentials";
import { hasBranch, isOpen, type TreeRow } from "./model";
import styles from "./Tree.module.css";

export const HUB_ICONS: Record<HubKind, IconName> = {
  mqtt_broker: "mqtt-broker",
  thingsboard: "thingsboard",
  azure_iot_hub: "azure",
  azure_dps: "azure",
  kaa: "kaa",
  sandbox: "sandbox",
};

/** What stands at the end of a hub's row. */
function hubCount(t: TFunction, row: TreeRow & { kind: "hub" }): string {
  if (row.devices === 0) return t("tree.addDevice");
  if (row.stopped) return t("tree.stopped");
  return row.hub.sandbox && row.live === 0 ? t("tree.simulated", { count: row.devices }) : t("tree.hubLive", { count: row.live });
}

/** What of a device's session has to be seen in the tree, too. */
interface Signs {
  /** Its TLS keys go to a file. */
  keys: boolean;
  /** Its server was not checked. */
  unverified: boolean;
}

/** The row in words, for screen readers. */
function rowName(t: TFunction, row: TreeRow, credential: string | null, { keys, unverified }: Signs): string {
  if (row.kind === "hub") {
    return t("tree.hubName", { name: visibleString(row.hub.name), kind: t(`tree.kind.${row.hub.kind}`), live: hubCount(t, row) });
  }
  if (row.kind === "folder") return t("tree.folderName", { name: visibleString(row.folder.name), count: row.items });
  if (row.kind === "more") return t("tree.more", { count: row.hidden, number: formatNumber(row.hidden) });
  const words = { name: visibleString(row.device.name), state: t(`tree.state.${row.state}`) };
  const name = credential === null ? t("tree.deviceName", words) : t("tree.deviceNameWith", { ...words, credential });
  return [name, ...(keys ? [t("keyLog.on")] : []), ...(unverified ? [t("unverified.name")] : [])].join(", ");
}

/** Whether the TLS keys of a row's device go to a file. */
function useKeysWritten(row: TreeRow): boolean {
  const device = row.kind === "device" ? row.device.id : null;
  const { data } = useLiveQuery("session.list", {}, ({ key_logs }) => key_logs.some((log) => log.device === device));
  return data ?? false;
}

interface TreeRowViewProps {
  row: TreeRow;
  credentials: TreeCredentials;
  id: string;
  top: number;
  active: boolean;
  selected: boolean;
  /** What is dragged would go here. */
  drop: "before" | "after" | "into" | null;
}

/** One row of the tree; the tree around it takes keys and clicks. */
export function TreeRowView({ row, credentials, id, top, active, selected, drop }: TreeRowViewProps) {
  const { t } = useTranslation();
  const signs: Signs = { keys: useKeysWritten(row), unverified: useUnverified(row.kind === "device" ? row.device.id : null) };
  const name = useClock((now) => rowName(t, row, row.kind === "device" ? credentials.nameOf(row.device, now) : null, signs));
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-expanded={hasBranch(row) ? isOpen(row) : undefined}
      aria-selected={selected}
      aria-label={name}
      className={cx(styles.row, row.kind === "hub" && styles.hub, row.kind === "folder" && styles.folder, active && styles.active, selected && styles.selected, signs.unverified && styles.unverified)}
      data-level={row.level}
      data-drop={drop ?? undefined}
      draggable={row.kind !== "more"}
      style={{ top }}
    >
      <RowContent row={row} credentials={credentials} signs={signs} />
    </div>
  );
}

function RowContent({ row, credentials, signs }: Pick<TreeRowViewProps, "row" | "credentials"> & { signs: Signs }) {
  const { t } = useTranslation();
  const fold = <Icon name={isOpen(row) ? "chevron-down" : "chevron-right"} size={14} className={cx(styles.fold, !hasBranch(row) && styles.leaf)} />;
  switch (row.kind) {
    case "hub":
      return (
        <>
          {fold}
          <Icon name={HUB_ICONS[row.hub.kind]} size={14} className={styles.glyph} />
          <Name text={row.hub.name} /> <span className={cx(styles.count, row.devices === 0 && styles.invite)}>{hubCount(t, row)}</span>
        </>
      );
    case "folder":
      return (
        <>
          {fold}
          <Icon name="folder" size={14} className={styles.glyph} />
          <Name text={row.folder.name} /> <span className={styles.count}>{formatNumber(row.items)}</span>
        </>
      );
    case "device":
      return (
        <>
          <Mark state={row.state} />
          <Name text={row.device.name} /> {signs.keys && <Icon name="key" size={12} className={styles.sign} />}
          {signs.unverified && <Icon name="shield" size={12} className={styles.sign} />}
          {credentials.pillOf(row.device)}
        </>
      );
    case "more":
      return (
        <>
          <span className={cx(styles.name, styles.more)}>{t("tree.more", { count: row.hidden, number: formatNumber(row.hidden) })}</span> <Kbd keys="Enter" />
        </>
      );
  }
}

function Name({ text }: { text: string }) {
  return (
    <span className={styles.name}>
      <VisibleText text={text} />
    </span>
  );
}
