import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { ErrorState, LoadingState } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Menu, type MenuEntry } from "@/components/overlay";
import { Kbd } from "@/components/text";
import type { Device, DeviceId, Hub, HubKind } from "@/contract";
import { formatNumber } from "@/i18n";
import { useClock } from "@/live";
import shape from "@/styles/pane.module.css";
import type { TreeCredentials } from "./credentials";
import { FolderDialog } from "./FolderDialog";
import { PAGE, treeRows, type TreeRow } from "./model";
import { MoveDialog } from "./MoveDialog";
import { treeMenu, type TreeDialog } from "./treeMenu";
import { itemOf } from "./place";
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
  const source = useTree();
  const { tree, layout, sandboxRuns, loading, error, retry } = source;
  const actions = useTreeActions();
  const list = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState("");
  /** Folded or unfolded here since the layout was read. */
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [dialog, setDialog] = useState<TreeDialog | null>(null);
  const today = useClock((now) => Math.floor(now / 3_600) * 3_600);
  const closed = useMemo(() => {
    const all = new Set(layout.folded);
    for (const [key, folded] of folds) {
      if (folded) all.add(key);
      else all.delete(key);
    }
    return all;
  }, [layout.folded, folds]);
  const { states, tokens } = source;
  const { rows, found, total } = useMemo(
    () => treeRows({ tree, layout, states, tokens, sandboxRuns }, { filter, now: today, closed, shown }),
    [tree, layout, states, tokens, sandboxRuns, filter, today, closed, shown],
  );

  function fold(row: TreeRow, open: boolean) {
    const item = itemOf(row);
    if (item === null || filter.trim() !== "") return;
    setFolds(new Map(folds).set(row.key, !open));
    actions.fold(item, !open);
  }

  function open(row: TreeRow) {
    if (row.kind === "device") props.onOpen(row.device.id);
    else if (row.kind === "hub") props.onAddDevice(row.hub);
    else if (row.kind === "more") setShown(new Map(shown).set(row.parent, (shown.get(row.parent) ?? PAGE) + PAGE));
  }

  function edit(row: TreeRow) {
    if (row.kind === "hub") props.onEditHub(row.hub);
    else if (row.kind === "device") props.onEditDevice(row.hub, row.device);
    else if (row.kind === "folder") setDialog({ kind: "folder", hub: row.hub, folder: row.folder });
  }

  function remove(row: TreeRow) {
    if (row.kind === "hub") void actions.deleteHub(row.hub, row.devices);
    else if (row.kind === "device") void actions.deleteDevice(row.device);
    else if (row.kind === "folder") void actions.deleteFolder(row.folder, row.items);
  }

  const menuOf = treeMenu({ t, rows, source, actions, props, edit, remove, onDialog: setDialog });

  const addMenu: MenuEntry[] = [
    { label: t("tree.addAzure"), icon: "azure", onSelect: () => props.onAddHub("azure_iot_hub") },
    { label: t("tree.addThingsBoard"), icon: "thingsboard", onSelect: () => props.onAddHub("thingsboard") },
    { label: t("tree.addKaa"), icon: "kaa", onSelect: () => props.onAddHub("kaa") },
    { label: t("tree.addBroker"), icon: "mqtt-broker", keys: props.addKeys, onSelect: () => props.onAddHub("mqtt_broker") },
    "separator",
    { label: t("tree.newHubFolder"), icon: "folder", onSelect: () => setDialog({ kind: "folder", hub: null, folder: null }) },
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
            title={t("tree.filterHint")}
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
      {filter.trim() !== "" && rows.length > 0 && (
        <p className={styles.found} role="status">
          {t("tree.found", { found: formatNumber(found), total: formatNumber(total) })}
        </p>
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
          onOpen={open}
          onEdit={edit}
          onDelete={remove}
          onMove={actions.move}
          menuOf={menuOf}
        />
      )}
      {dialog?.kind === "folder" && <FolderDialog hub={dialog.hub} folder={dialog.folder} onClose={() => setDialog(null)} />}
      {dialog?.kind === "move" && <MoveDialog {...dialog} onClose={() => setDialog(null)} />}
    </div>
  );
}
