import type { Device, DeviceId, Hub, HubKind, PastedMessage } from "@/contract";
import type { DeviceMend } from "@/features/credentials";
import type { HubMend } from "@/features/hubs";
import type { SettingPlace } from "@/features/settings";

/** What the page shows. */
export interface Navigation {
  section: "devices" | "certificates" | "settings";
  /** Devices with a tab, from left to right. */
  tabs: readonly DeviceId[];
  /** Tabs that were closed, the latest last, each with its place. */
  closed: readonly { device: DeviceId; at: number }[];
  current: DeviceId | null;
  /** SHA-256 of the certificate, or id of the request, that is shown. */
  certificate: string | null;
  /** The page with the ways to begin was asked for. */
  startPage: boolean;
  /** How often its paste box was asked for: each time it takes the focus. */
  paste: number;
  dialog: OpenDialog | null;
  /** A field of the settings that was asked for; `time` grows with each wish. */
  field: { name: SettingPlace; time: number } | null;
  /** A pasted message for a device's composer. */
  draft: { device: DeviceId; message: PastedMessage } | null;
}

export type OpenDialog =
  | { kind: "add-hub"; hubKind: HubKind }
  /** `mend` opens it at a field; `back` is the device whose Diagnose is shown afterwards. */
  | { kind: "edit-hub"; hub: Hub; mend?: HubMend; back?: DeviceId }
  | { kind: "hub-sas"; hub: Hub }
  | { kind: "add-device"; hub: Hub }
  | { kind: "edit-device"; hub: Hub; device: Device; mend?: DeviceMend; back?: DeviceId }
  /** `atOnce` begins a run. */
  | { kind: "diagnose"; device: DeviceId; atOnce: boolean };

export type Move =
  | { go: "section"; section: Navigation["section"]; field?: SettingPlace }
  | { go: "device"; device: DeviceId; message?: PastedMessage | null }
  /** A certificate by its SHA-256, or a request by its id. */
  | { go: "certificate"; name: string }
  | { go: "close-tab"; device: DeviceId }
  | { go: "close-other-tabs"; device: DeviceId }
  | { go: "reopen-tab" }
  /** To this place, counted from the left. */
  | { go: "move-tab"; device: DeviceId; to: number }
  | { go: "next-tab"; step: 1 | -1 }
  /** The tabs of the last time, beside those that are open already. */
  | { go: "restore"; tabs: readonly DeviceId[]; current: DeviceId | null }
  | { go: "start-page"; paste?: boolean }
  | { go: "dialog"; dialog: OpenDialog | null }
  /** Devices that were deleted: their tabs close. */
  | { go: "gone"; devices: ReadonlySet<DeviceId> };

export const AT_START: Navigation = { section: "devices", tabs: [], closed: [], current: null, certificate: null, startPage: false, paste: 0, dialog: null, field: null, draft: null };

export function navigate(now: Navigation, move: Move): Navigation {
  switch (move.go) {
    case "section":
      return { ...now, section: move.section, field: move.field === undefined ? null : { name: move.field, time: (now.field?.time ?? 0) + 1 } };
    case "device": {
      const tabs = now.tabs.includes(move.device) ? now.tabs : [...now.tabs, move.device];
      const message = move.message ?? null;
      const draft = message === null ? now.draft : { device: move.device, message };
      return { ...now, section: "devices", tabs, current: move.device, startPage: false, draft };
    }
    case "certificate":
      return { ...now, section: "certificates", certificate: move.name };
    case "close-tab":
      return close(now, [move.device]);
    case "close-other-tabs":
      return { ...close(now, now.tabs.filter((device) => device !== move.device)), current: move.device };
    case "reopen-tab": {
      const last = now.closed.at(-1);
      if (last === undefined) return now;
      const rest = { ...now, closed: now.closed.slice(0, -1) };
      if (now.tabs.includes(last.device)) return navigate(rest, { go: "reopen-tab" });
      return { ...rest, section: "devices", startPage: false, tabs: now.tabs.toSpliced(last.at, 0, last.device), current: last.device };
    }
    case "move-tab": {
      const rest = now.tabs.filter((device) => device !== move.device);
      if (rest.length === now.tabs.length) return now;
      return { ...now, tabs: rest.toSpliced(Math.max(0, move.to), 0, move.device) };
    }
    case "restore": {
      const tabs = [...move.tabs, ...now.tabs.filter((device) => !move.tabs.includes(device))];
      return { ...now, tabs, current: now.current ?? move.current };
    }
    case "next-tab": {
      const at = now.current === null ? -1 : now.tabs.indexOf(now.current);
      const next = now.tabs[(at + move.step + now.tabs.length) % now.tabs.length];
      return next === undefined ? now : { ...now, section: "devices", current: next, startPage: false };
    }
    case "start-page":
      return { ...now, section: "devices", startPage: true, paste: move.paste === true ? now.paste + 1 : 0 };
    case "dialog":
      return { ...now, dialog: move.dialog };
    case "gone": {
      const tabs = now.tabs.filter((device) => !move.devices.has(device));
      const closed = now.closed.filter(({ device }) => !move.devices.has(device));
      return tabs.length === now.tabs.length && closed.length === now.closed.length ? now : { ...withTabs(now, tabs), closed };
    }
  }
}

/** The device whose tab is shown; null behind the settings and the ways to begin. */
export function shownTab({ section, startPage, current }: Navigation): DeviceId | null {
  return section === "devices" && !startPage ? current : null;
}

/** Closed tabs that can be reopened. */
const MOST_CLOSED = 20;

function close(now: Navigation, devices: readonly DeviceId[]): Navigation {
  const closed = devices.map((device) => ({ device, at: now.tabs.indexOf(device) })).filter(({ at }) => at >= 0);
  const tabs = now.tabs.filter((device) => !devices.includes(device));
  return { ...withTabs(now, tabs), closed: [...now.closed, ...closed].slice(-MOST_CLOSED) };
}

/** Fewer tabs; when the current one went, its neighbour is shown. */
function withTabs(now: Navigation, tabs: readonly DeviceId[]): Navigation {
  if (now.current === null || tabs.includes(now.current)) return { ...now, tabs };
  const at = now.tabs.indexOf(now.current);
  return { ...now, tabs, current: tabs[Math.min(at, tabs.length - 1)] ?? null };
}

/** Whether typing belongs to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable=true], [data-typing]") !== null;
}
