import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { ErrorState, LoadingState } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Menu, type MenuEntry } from "@/components/overlay";
import { Kbd } from "@/components/text";
import type { Device, DeviceId, Hub, HubId, HubKind } from "@/contract";
import shape from "@/styles/pane.module.css";
import type { TreeCredentials } from "./credentials";
import { treeRows, type TreeRow } from "./model";
import styles from "./Tree.module.css";
import { TreeList } from "./TreeList";
import { useTree } from "./useTree";
import { useTreeActions } from "./useTreeActions";

export interface TreePaneProps {
  selected: DeviceId | null;
  credentials: TreeCredentials;
  addKeys: string;
  onOpen: (device: DeviceId) => void;
  onOpenWindow: (device: DeviceId) => void;
  onAddHub: (kind: HubKind) => void;
  onEditHub: (hub: Hub) => void;
  /** SAS tokens of a hub of Azure. */
  onHubSas: (hub: Hub) => void;
  onAddDevice: (hub: Hub) => void;
  onEditDevice: (hub: Hub, device: Device) => void;
  /** Shows the page with all ways to begin. */
  onStartPage: () => void;
  /** The same page with the focus in its paste box. */
  onPaste: () => void;
}

/** The side panel: what can be added, the filter, the tree. */
export function TreePane(props: TreePaneProps) {
  const { t } = useTranslation();
  const { tree, states, tokens, sandboxRuns, loading, error, retry } = useTree();
  const actions = useTreeActions();
  const list = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState("");
  const [closed, setClosed] = useState<ReadonlySet<HubId>>(new Set());
  const rows = useMemo(() => treeRows({ tree, states, tokens, sandboxRuns }, filter, closed), [tree, states, tokens, sandboxRuns, filter, closed]);

  function fold(row: TreeRow, open: boolean) {
    const next = new Set(closed);
    if (open) next.delete(row.hub.id);
    else next.add(row.hub.id);
    setClosed(next);
  }

  function edit(row: TreeRow) {
    if (row.kind === "hub") props.onEditHub(row.hub);
    else props.onEditDevice(row.hub, row.device);
  }

  function remove(row: TreeRow) {
    if (row.kind === "hub") void actions.deleteHub(row.hub, row.devices);
    else void actions.deleteDevice(row.device);
  }

  function sandboxEntry({ hub, stopped }: { hub: Hub; stopped: boolean }): MenuEntry {
    return stopped
      ? { label: t("tree.startSandbox"), icon: "play", onSelect: () => void actions.startSandbox(hub) }
      : { label: t("tree.stopSandbox"), icon: "stop", onSelect: actions.stopSandbox };
  }

  function menuOf(row: TreeRow): MenuEntry[] {
    if (row.kind === "hub") {
      const azure = row.hub.kind === "azure_iot_hub" || row.hub.kind === "azure_dps";
      return [
        ...(row.hub.sandbox ? [sandboxEntry(row)] : []),
        { label: t("tree.addDevice"), icon: "plus", onSelect: () => props.onAddDevice(row.hub) },
        ...(azure ? [{ label: t("tree.sasToken"), icon: "key", onSelect: () => props.onHubSas(row.hub) } as const] : []),
        { label: t("tree.editHub"), icon: "edit", keys: "F2", onSelect: () => edit(row) },
        "separator",
        { label: t("tree.deleteHub"), icon: "trash", keys: "Del", danger: true, onSelect: () => remove(row) },
      ];
    }
    const connected = row.state !== "idle" && row.state !== "failed";
    return [
      { label: t("tree.open"), icon: "arrow-right", keys: "Enter", onSelect: () => props.onOpen(row.device.id) },
      { label: t("tree.openWindow"), icon: "copy", onSelect: () => props.onOpenWindow(row.device.id) },
      {
        label: t(connected ? "tree.disconnect" : "tree.connect"),
        icon: "plug",
        onSelect: () => (connected ? actions.disconnect(row.device) : void actions.connect(row.device, row.hub, sandboxRuns)),
      },
      { label: t("tree.editDevice"), icon: "edit", keys: "F2", onSelect: () => edit(row) },
      "separator",
      { label: t("tree.deleteDevice"), icon: "trash", keys: "Del", danger: true, onSelect: () => remove(row) },
    ];
  }

  const addMenu: MenuEntry[] = [
    { label: t("tree.addAzure"), icon: "azure", onSelect: () => props.onAddHub("azure_iot_hub") },
    { label: t("tree.addThingsBoard"), icon: "thingsboard", onSelect: () => props.onAddHub("thingsboard") },
    { label: t("tree.addKaa"), icon: "kaa", onSelect: () => props.onAddHub("kaa") },
    { label: t("tree.addBroker"), icon: "mqtt-broker", keys: props.addKeys, onSelect: () => props.onAddHub("mqtt_broker") },
    "separator",
    { label: t("tree.paste"), icon: "terminal", onSelect: props.onPaste },
    { label: t("tree.startPage"), icon: "list", onSelect: props.onStartPage },
  ];

  return (
    <div className={styles.pane}>
      <header className={cx(shape.header, styles.header)}>
        <h1 className={cx(shape.title, styles.title)}>{t("tree.title")}</h1>
        <Menu trigger={<IconButton icon="plus" label={t("tree.add")} size="sm" />} items={addMenu} />
      </header>
      {tree.hubs.length > 0 && (
        <div className={styles.filter}>
          <TextInput
            value={filter}
            onChange={setFilter}
            icon="search"
            placeholder={t("tree.filter")}
            aria-label={t("tree.filter")}
            data-pane-filter=""
            end={filter === "" ? <Kbd keys="/" /> : <IconButton icon="close" label={t("tree.clearFilter")} size="sm" onClick={() => setFilter("")} />}
            onKeyDown={(event) => {
              if (event.key === "Escape" && filter !== "") setFilter("");
              else if (event.key === "ArrowDown" || event.key === "Enter") list.current?.focus();
              else return;
              event.preventDefault();
            }}
          />
        </div>
      )}
      {loading && <LoadingState />}
      {error !== null && !loading && <ErrorState error={error} onRetry={retry} />}
      {!loading && error === null && tree.hubs.length === 0 && <p className={styles.empty}>{t("tree.empty")}</p>}
      {tree.hubs.length > 0 && rows.length === 0 && (
        <div className={styles.empty}>
          <p>{t("tree.noMatch")}</p>
          <Button size="sm" onClick={() => setFilter("")}>
            {t("tree.clearFilter")}
          </Button>
        </div>
      )}
      {rows.length > 0 && (
        <TreeList
          ref={list}
          rows={rows}
          credentials={props.credentials}
          selected={props.selected}
          onFold={fold}
          onOpen={(row) => (row.kind === "device" ? props.onOpen(row.device.id) : props.onAddDevice(row.hub))}
          onEdit={edit}
          onDelete={remove}
          menuOf={menuOf}
        />
      )}
    </div>
  );
}
