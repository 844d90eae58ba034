import type { TFunction } from "i18next";
import type { MenuEntry } from "@/components/overlay";
import type { Folder, FolderId, Hub, TreeItem } from "@/contract";
import type { TreeRow } from "./model";
import { itemOf, step } from "./place";
import type { TreePaneProps } from "./TreePane";
import type { TreeState } from "./useTree";
import type { TreeActions } from "./useTreeActions";

/** A dialog of the tree itself. */
export type TreeDialog =
  | { kind: "folder"; hub: Hub | null; folder: Folder | null }
  | { kind: "move"; name: string; item: TreeItem; folder: FolderId | null; folders: readonly Folder[] };

interface TreeMenuParts {
  t: TFunction;
  rows: readonly TreeRow[];
  source: TreeState;
  actions: TreeActions;
  props: TreePaneProps;
  edit: (row: TreeRow) => void;
  remove: (row: TreeRow) => void;
  onDialog: (dialog: TreeDialog) => void;
}

/** The menu of each row. */
export function treeMenu({ t, rows, source, actions, props, edit, remove, onDialog }: TreeMenuParts): (row: TreeRow) => MenuEntry[] {
  const { tree, layout, sandboxRuns } = source;

  function sandboxEntry({ hub, stopped }: { hub: Hub; stopped: boolean }): MenuEntry {
    return stopped
      ? { label: t("tree.startSandbox"), icon: "play", onSelect: () => void actions.startSandbox(hub) }
      : { label: t("tree.stopSandbox"), icon: "stop", onSelect: actions.stopSandbox };
  }

  /** Place in the tree: for every row that is an item. */
  function placeEntries(row: TreeRow): MenuEntry[] {
    const at = rows.indexOf(row);
    const item = itemOf(row);
    if (item === null) return [];
    const steps = ([-1, 1] as const).map((by): MenuEntry => {
      const move = step(rows, at, by);
      return { label: t(by < 0 ? "tree.moveUp" : "tree.moveDown"), icon: by < 0 ? "arrow-up" : "arrow-down", keys: by < 0 ? "Alt ↑" : "Alt ↓", disabled: move === null, onSelect: () => move !== null && actions.move(move) };
    });
    if (row.kind !== "hub" && row.kind !== "device") return steps;
    const device = row.kind === "device";
    const folders = layout.folders.filter((folder) => folder.hub === (device ? row.hub.id : null));
    const folder = (device ? row.folder : layout.hub_folders[row.hub.id]) ?? null;
    const name = device ? row.device.name : row.hub.name;
    const into: MenuEntry = { label: t("tree.moveTo"), icon: "folder", disabled: folders.length === 0, onSelect: () => onDialog({ kind: "move", name, item, folder, folders }) };
    return [...steps, into];
  }

  /** Copies; the sandbox makes its own. With secrets only where there are some. */
  function duplicateEntries(name: string, item: TreeItem, sandbox: boolean, secrets: boolean): MenuEntry[] {
    if (sandbox) return [];
    return [
      { label: t("tree.duplicate"), icon: "copy", onSelect: () => actions.duplicate(name, item, false) },
      ...(secrets ? [{ label: t("tree.duplicateWith"), icon: "key", onSelect: () => actions.duplicate(name, item, true) } as const] : []),
    ];
  }

  function hubMenu(row: TreeRow & { kind: "hub" }): MenuEntry[] {
    const azure = row.hub.kind === "azure_iot_hub" || row.hub.kind === "azure_dps";
    const secrets = row.hub.secrets.length > 0 || tree.devices.some((device) => device.hub === row.hub.id && device.secrets.length > 0);
    return [
      ...(row.hub.sandbox ? [sandboxEntry(row)] : []),
      { label: t("tree.addDevice"), icon: "plus", onSelect: () => props.onAddDevice(row.hub) },
      { label: t("tree.newFolder"), icon: "folder", onSelect: () => onDialog({ kind: "folder", hub: row.hub, folder: null }) },
      ...(azure ? [{ label: t("tree.sasToken"), icon: "key", onSelect: () => props.onHubSas(row.hub) } as const] : []),
      { label: t("tree.editHub"), icon: "edit", keys: "F2", onSelect: () => edit(row) },
      ...duplicateEntries(row.hub.name, { item: "hub", hub: row.hub.id }, row.hub.sandbox, secrets),
      "separator",
      ...placeEntries(row),
      "separator",
      { label: t("tree.deleteHub"), icon: "trash", keys: "Del", danger: true, onSelect: () => remove(row) },
    ];
  }

  function deviceMenu(row: TreeRow & { kind: "device" }): MenuEntry[] {
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
      ...duplicateEntries(row.device.name, { item: "device", device: row.device.id }, row.hub.sandbox, row.device.secrets.length > 0),
      "separator",
      ...placeEntries(row),
      "separator",
      { label: t("tree.deleteDevice"), icon: "trash", keys: "Del", danger: true, onSelect: () => remove(row) },
    ];
  }

  return (row) => {
    switch (row.kind) {
      case "more":
        return [];
      case "folder":
        return [
          { label: t("tree.rename"), icon: "edit", keys: "F2", onSelect: () => edit(row) },
          ...placeEntries(row),
          "separator",
          { label: t("tree.deleteFolder"), icon: "trash", keys: "Del", danger: true, onSelect: () => remove(row) },
        ];
      case "hub":
        return hubMenu(row);
      case "device":
        return deviceMenu(row);
    }
  };
}
