import type { Device, DeviceId, Hub, HubKind, PastedMessage } from "@/contract";

/** What the page shows. */
export interface Navigation {
  section: "devices" | "settings";
  /** Devices with a tab, in the order they were opened. */
  tabs: readonly DeviceId[];
  current: DeviceId | null;
  /** The page with the ways to begin was asked for. */
  startPage: boolean;
  /** How often its paste box was asked for: each time it takes the focus. */
  paste: number;
  dialog: OpenDialog | null;
  /** A pasted message for a device's composer. */
  draft: { device: DeviceId; message: PastedMessage } | null;
}

export type OpenDialog =
  | { kind: "add-hub"; hubKind: HubKind }
  | { kind: "edit-hub"; hub: Hub }
  | { kind: "hub-sas"; hub: Hub }
  | { kind: "add-device"; hub: Hub }
  | { kind: "edit-device"; hub: Hub; device: Device };

export type Move =
  | { go: "section"; section: Navigation["section"] }
  | { go: "device"; device: DeviceId; message?: PastedMessage | null }
  | { go: "close-tab"; device: DeviceId }
  | { go: "next-tab"; step: 1 | -1 }
  | { go: "start-page"; paste?: boolean }
  | { go: "dialog"; dialog: OpenDialog | null }
  /** Devices that there are: tabs of others close. */
  | { go: "known"; devices: ReadonlySet<DeviceId> };

export const AT_START: Navigation = { section: "devices", tabs: [], current: null, startPage: false, paste: 0, dialog: null, draft: null };

export function navigate(now: Navigation, move: Move): Navigation {
  switch (move.go) {
    case "section":
      return { ...now, section: move.section };
    case "device": {
      const tabs = now.tabs.includes(move.device) ? now.tabs : [...now.tabs, move.device];
      const message = move.message ?? null;
      const draft = message === null ? now.draft : { device: move.device, message };
      return { ...now, section: "devices", tabs, current: move.device, startPage: false, draft };
    }
    case "close-tab":
      return withTabs(now, now.tabs.filter((device) => device !== move.device));
    case "next-tab": {
      const at = now.current === null ? -1 : now.tabs.indexOf(now.current);
      const next = now.tabs[(at + move.step + now.tabs.length) % now.tabs.length];
      return next === undefined ? now : { ...now, section: "devices", current: next, startPage: false };
    }
    case "start-page":
      return { ...now, section: "devices", startPage: true, paste: move.paste === true ? now.paste + 1 : 0 };
    case "dialog":
      return { ...now, dialog: move.dialog };
    case "known": {
      const tabs = now.tabs.filter((device) => move.devices.has(device));
      return tabs.length === now.tabs.length ? now : withTabs(now, tabs);
    }
  }
}

/** Fewer tabs; when the current one went, its neighbour is shown. */
function withTabs(now: Navigation, tabs: readonly DeviceId[]): Navigation {
  if (now.current === null || tabs.includes(now.current)) return { ...now, tabs };
  const at = now.tabs.indexOf(now.current);
  return { ...now, tabs, current: tabs[Math.min(at, tabs.length - 1)] ?? null };
}
