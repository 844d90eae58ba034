import type { Device, DeviceId, Hub, HubId, Session, SessionState, TokenState, Tree } from "@/contract";

export type DeviceState = SessionState["state"];

/** One row of the tree as it stands now. `place` of `siblings` is told to screen readers; a sandbox may be `stopped`. */
export type TreeRow =
  | { kind: "hub"; key: string; hub: Hub; open: boolean; stopped: boolean; live: number; devices: number; place: number; siblings: number }
  | { kind: "device"; key: string; hub: Hub; device: Device; state: DeviceState; place: number; siblings: number };

/** A plain object, so that an unchanged answer keeps its identity while counts in it move. */
export type DeviceStates = Readonly<Record<DeviceId, DeviceState>>;

export type TokenStates = Readonly<Record<DeviceId, TokenState>>;

/** The state of each device's session. Several sessions of a device: the newest counts. */
export function deviceStates(sessions: readonly Session[]): DeviceStates {
  const newest = new Map<DeviceId, Session>();
  for (const session of sessions) {
    const known = newest.get(session.device);
    if (known === undefined || session.id > known.id) newest.set(session.device, session);
  }
  return Object.fromEntries([...newest].map(([device, session]) => [device, session.state.state]));
}

/** Words that stand for a state instead of a name. */
const STATE_WORDS: Record<string, DeviceState[]> = {
  live: ["online"],
  connected: ["online"],
  connecting: ["connecting", "waiting"],
  failed: ["failed"],
  idle: ["idle"],
};

/** Whether a device is meant by every word of the filter: in a name, the client id, the host, or by a state. */
function matches(words: string[], hub: Hub, device: Device | null, state: DeviceState, token: TokenState | undefined): boolean {
  const text = `${hub.name} ${hub.host} ${device?.name ?? ""} ${device?.client_id ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word) || word === token || (device !== null && STATE_WORDS[word]?.includes(state) === true));
}

export interface TreeSource {
  tree: Tree;
  states: DeviceStates;
  /** States of their credentials; their words stand for them in the filter. */
  tokens: TokenStates;
  sandboxRuns: boolean;
}

/** The rows on offer: hubs with their devices, closed hubs without; a filter opens what it finds. */
export function treeRows({ tree, states, tokens, sandboxRuns }: TreeSource, filter: string, closed: ReadonlySet<HubId>): TreeRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const filtered = words.length > 0;
  const byHub = new Map<HubId, Device[]>();
  for (const device of tree.devices) {
    const list = byHub.get(device.hub);
    if (list === undefined) byHub.set(device.hub, [device]);
    else list.push(device);
  }

  const shown = tree.hubs.flatMap((hub) => {
    const devices = byHub.get(hub.id) ?? [];
    const stateOf = (device: Device) => states[device.id] ?? "idle";
    const found = filtered ? devices.filter((device) => matches(words, hub, device, stateOf(device), tokens[device.id])) : devices;
    if (filtered && found.length === 0 && !matches(words, hub, null, "idle", undefined)) return [];
    return [{ hub, devices, found, stateOf }];
  });

  const rows: TreeRow[] = [];
  shown.forEach(({ hub, devices, found, stateOf }, place) => {
    const open = (filtered || !closed.has(hub.id)) && found.length > 0;
    const live = devices.filter((device) => stateOf(device) === "online").length;
    const stopped = hub.sandbox && !sandboxRuns;
    rows.push({ kind: "hub", key: hub.id, hub, open, stopped, live, devices: devices.length, place: place + 1, siblings: shown.length });
    if (!open) return;
    found.forEach((device, index) => {
      rows.push({ kind: "device", key: device.id, hub, device, state: stateOf(device), place: index + 1, siblings: found.length });
    });
  });
  return rows;
}
