import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon, Mark, type IconName } from "@/components/icon";
import { VisibleText, visibleString } from "@/components/text";
import type { HubKind } from "@/contract";
import { useClock, useLiveQuery } from "@/live";
import type { TreeCredentials } from "./credentials";
import type { TreeRow } from "./model";
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

/** The row in words, for screen readers. */
function rowName(t: TFunction, row: TreeRow, credential: string | null, keys: boolean): string {
  if (row.kind === "hub") {
    return t("tree.hubName", { name: visibleString(row.hub.name), kind: t(`tree.kind.${row.hub.kind}`), live: hubCount(t, row) });
  }
  const words = { name: visibleString(row.device.name), state: t(`tree.state.${row.state}`) };
  const name = credential === null ? t("tree.deviceName", words) : t("tree.deviceNameWith", { ...words, credential });
  return keys ? `${name}, ${t("keyLog.on")}` : name;
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
}

/** One row of the tree; the tree around it takes keys and clicks. */
export function TreeRowView({ row, credentials, id, top, active, selected }: TreeRowViewProps) {
  const { t } = useTranslation();
  const keys = useKeysWritten(row);
  const name = useClock((now) => rowName(t, row, row.kind === "device" ? credentials.nameOf(row.device, now) : null, keys));
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.kind === "hub" ? 1 : 2}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-expanded={row.kind === "hub" && row.devices > 0 ? row.open : undefined}
      aria-selected={selected}
      aria-label={name}
      className={cx(styles.row, row.kind === "hub" && styles.hub, active && styles.active, selected && styles.selected)}
      style={{ top }}
    >
      {row.kind === "hub" ? (
        <>
          <Icon name={row.open ? "chevron-down" : "chevron-right"} size={14} className={cx(styles.fold, row.devices === 0 && styles.leaf)} />
          <Icon name={HUB_ICONS[row.hub.kind]} size={14} className={styles.glyph} />
          <span className={styles.name}>
            <VisibleText text={row.hub.name} />
          </span>{" "}
          <span className={cx(styles.count, row.devices === 0 && styles.invite)}>{hubCount(t, row)}</span>
        </>
      ) : (
        <>
          <Mark state={row.state} />
          <span className={styles.name}>
            <VisibleText text={row.device.name} />
          </span>{" "}
          {keys && <Icon name="key" size={12} className={styles.keys} />}
          {credentials.pillOf(row.device)}
        </>
      )}
    </div>
  );
}
