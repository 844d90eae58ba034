import type { Device, DeviceId, Folder, FolderId, Hub, Session, SessionState, TokenState, Tree, TreeLayout } from "@/contract";
import { finder, type Finder } from "./find";

export type DeviceState = SessionState["state"];

interface Place {
  key: string;
  /** 1 at the edge of the tree. */
  level: number;
  /** Its place among `siblings`, told to screen readers. */
  place: number;
  siblings: number;
}

/** One row of the tree as it stands now; a sandbox may be `stopped`. `more` stands for devices that are not shown yet. */
export type TreeRow = Place &
  (
    | { kind: "folder"; folder: Folder; hub: Hub | null; open: boolean; items: number }
    | { kind: "hub"; hub: Hub; open: boolean; stopped: boolean; live: number; devices: number }
    | { kind: "device"; hub: Hub; device: Device; state: DeviceState; folder: FolderId | null }
    | { kind: "more"; hub: Hub; parent: string; hidden: number }
  );

/** A plain object, so that an unchanged answer keeps its identity while counts in it move. */
export type DeviceStates = Readonly<Record<DeviceId, DeviceState>>;

export type TokenStates = Readonly<Record<DeviceId, TokenState>>;

/** Devices of one hub or folder that are shown at first, and how many more each time. */
export const PAGE = 100;

/** The state of each device's session. Several sessions of a device: the newest counts. */
export function deviceStates(sessions: readonly Session[]): DeviceStates {
  const newest = new Map<DeviceId, Session>();
  for (const session of sessions) {
    const known = newest.get(session.device);
    if (known === undefined || session.id > known.id) newest.set(session.device, session);
  }
  return Object.fromEntries([...newest].map(([device, session]) => [device, session.state.state]));
}

export interface TreeSource {
  tree: Tree;
  layout: TreeLayout;
  states: DeviceStates;
  /** States of their credentials; their words stand for them in the filter. */
  tokens: TokenStates;
  sandboxRuns: boolean;
}

export interface TreeView {
  filter: string;
  /** Unix seconds: what an end of a certificate is compared with. */
  now: number;
  closed: ReadonlySet<string>;
  /** How many devices of a hub or folder are shown, by its id, where it is more than a page. */
  shown: ReadonlyMap<string, number>;
}

/** The rows on offer, and how many devices the filter finds, of how many. */
export interface TreeRows {
  rows: TreeRow[];
  found: number;
  total: number;
}

/** Folders before hubs, hubs with their folders and devices; closed ones without. A filter opens what it finds. */
export function treeRows(source: TreeSource, view: TreeView): TreeRows {
  const { tree, layout } = source;
  const find = finder(view.filter, view.now);
  const byHub = grouped(tree.devices, (device) => device.hub);
  const branches = new Map(tree.hubs.map((hub) => [hub.id, branch(source, view, find, hub, byHub.get(hub.id) ?? [])]));
  const shown = tree.hubs.filter((hub) => branches.get(hub.id) !== null);
  const byFolder = grouped(shown, (hub) => layout.hub_folders[hub.id] ?? "");
  const folders = layout.folders.filter((folder) => folder.hub === null && (!find.active || byFolder.has(folder.id)));
  const loose = byFolder.get("") ?? [];
  const siblings = folders.length + loose.length;

  const rows: TreeRow[] = [];
  const put = (hub: Hub, level: number, place: number, of: number) => branches.get(hub.id)?.(rows, level, place, of);
  folders.forEach((folder, at) => {
    const hubs = byFolder.get(folder.id) ?? [];
    const open = hubs.length > 0 && (find.active || !view.closed.has(folder.id));
    rows.push({ kind: "folder", key: folder.id, folder, hub: null, open, items: hubs.length, level: 1, place: at + 1, siblings });
    if (open) hubs.forEach((hub, index) => put(hub, 2, index + 1, hubs.length));
  });
  loose.forEach((hub, at) => put(hub, 1, folders.length + at + 1, siblings));
  const found = tree.hubs.reduce((sum, hub) => sum + (branches.get(hub.id)?.found ?? 0), 0);
  return { rows, found, total: tree.devices.length };
}

type Branch = ((rows: TreeRow[], level: number, place: number, siblings: number) => void) & { found: number };

/** What writes a hub's rows; null when the filter finds nothing of it. */
function branch({ layout, states, tokens, sandboxRuns }: TreeSource, view: TreeView, find: Finder, hub: Hub, devices: Device[]): Branch | null {
  const stateOf = (device: Device) => states[device.id] ?? "idle";
  const found = find.active ? devices.filter((device) => find.device(hub, device, stateOf(device), tokens[device.id])) : devices;
  if (find.active && found.length === 0 && !find.hub(hub)) return null;
  const byFolder = grouped(found, (device) => layout.device_folders[device.id] ?? "");
  const folders = layout.folders.filter((folder) => folder.hub === hub.id && (!find.active || byFolder.has(folder.id)));
  const loose = byFolder.get("") ?? [];

  function list(rows: TreeRow[], parent: string, items: readonly Device[], level: number, before: number, folder: FolderId | null) {
    const most = view.shown.get(parent) ?? PAGE;
    const siblings = before + items.length;
    items.slice(0, most).forEach((device, at) => {
      rows.push({ kind: "device", key: device.id, hub, device, state: stateOf(device), folder, level, place: before + at + 1, siblings });
    });
    const hidden = items.length - most;
    if (hidden > 0) rows.push({ kind: "more", key: `more-${parent}`, hub, parent, hidden, level, place: before + most + 1, siblings });
  }

  function write(rows: TreeRow[], level: number, place: number, siblings: number) {
    const open = (find.active || !view.closed.has(hub.id)) && folders.length + loose.length > 0;
    const live = devices.reduce((sum, device) => sum + Number(stateOf(device) === "online"), 0);
    const stopped = hub.sandbox && !sandboxRuns;
    rows.push({ kind: "hub", key: hub.id, hub, open, stopped, live, devices: devices.length, level, place, siblings });
    if (!open) return;
    const inside = folders.length + loose.length;
    folders.forEach((folder, at) => {
      const items = byFolder.get(folder.id) ?? [];
      const unfolded = items.length > 0 && (find.active || !view.closed.has(folder.id));
      rows.push({ kind: "folder", key: folder.id, folder, hub, open: unfolded, items: items.length, level: level + 1, place: at + 1, siblings: inside });
      if (unfolded) list(rows, folder.id, items, level + 2, 0, folder.id);
    });
    list(rows, hub.id, loose, level + 1, folders.length, null);
  }
  return Object.assign(write, { found: find.active ? found.length : devices.length });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Whether a row can be opened and closed. */
export function hasBranch(row: TreeRow): boolean {
  return (row.kind === "hub" && (row.devices > 0 || row.open)) || (row.kind === "folder" && row.items > 0);
}

export function isOpen(row: TreeRow): boolean {
  return (row.kind === "hub" || row.kind === "folder") && row.open;
}
