import type { IconName } from "@/components/icon";

export type ActionGroup = "go" | "tabs" | "hubs" | "device" | "messages" | "certificates" | "view" | "window";

/** What is fixed about an action; its words are in the catalogue under `actions.names`. */
export interface ActionSpec {
  group: ActionGroup;
  icon?: IconName;
  /** Its keys in the desktop app, as `chords.ts` writes them. */
  keys?: string;
  /** Its keys in a browser, where other keys belong to the browser; null: none. */
  browserKeys?: string | null;
  /** The part that has the focus takes the keys itself: they mean this only there. */
  local?: true;
  /** Keys that mean something else in fields and dialogs; the system's menu must not take them from there. */
  contextual?: true;
}

/**
 * Every action of the page, once. Shortcuts, menus, the command palette, the system's menu bar and the list in the
 * settings draw from it. In a browser Ctrl N, T, W, Tab and the zoom belong to the browser.
 */
export const ACTIONS = {
  openPalette: { group: "go", icon: "search", keys: "Mod+K" },
  showDevices: { group: "go", icon: "server", keys: "Mod+1" },
  // Two is kept for the monitor, as the papers have it.
  showCertificates: { group: "go", icon: "certificate", keys: "Mod+3" },
  showSettings: { group: "go", icon: "settings", keys: "Mod+," },
  showShortcuts: { group: "go", icon: "list", keys: "F1" },
  showStartPage: { group: "go", icon: "play" },
  nextPane: { group: "go", keys: "F6" },
  previousPane: { group: "go", keys: "Shift+F6" },
  filterPane: { group: "go", icon: "funnel", keys: "/", contextual: true },
  undo: { group: "go", icon: "undo", keys: "Mod+Z", contextual: true },

  nextTab: { group: "tabs", keys: "Ctrl+Tab", browserKeys: "Alt+PageDown", contextual: true },
  previousTab: { group: "tabs", keys: "Ctrl+Shift+Tab", browserKeys: "Alt+PageUp", contextual: true },
  closeTab: { group: "tabs", icon: "close", keys: "Mod+W", browserKeys: "Alt+W" },
  reopenTab: { group: "tabs", icon: "undo", keys: "Mod+Shift+T", browserKeys: "Alt+Shift+T" },
  moveTabLeft: { group: "tabs", icon: "arrow-left", keys: "Ctrl+Shift+PageUp", browserKeys: "Alt+Shift+PageUp" },
  moveTabRight: { group: "tabs", icon: "arrow-right", keys: "Ctrl+Shift+PageDown", browserKeys: "Alt+Shift+PageDown" },

  addHub: { group: "hubs", icon: "plus", keys: "Mod+N", browserKeys: "Alt+N" },
  paste: { group: "hubs", icon: "terminal" },

  toggleConnection: { group: "device", icon: "plug", keys: "Mod+Shift+D" },
  diagnose: { group: "device", icon: "stethoscope", keys: "Mod+D" },
  runDiagnoseAgain: { group: "device", icon: "refresh", keys: "R", local: true, contextual: true },
  editDevice: { group: "device", icon: "edit" },
  saveCredentials: { group: "device", icon: "check", keys: "Mod+S" },
  confirm: { group: "device", icon: "arrow-up", keys: "Mod+Enter", local: true, contextual: true },

  findMessages: { group: "messages", icon: "search", keys: "Mod+F" },
  pause: { group: "messages", icon: "pause", keys: "Space", local: true, contextual: true },
  follow: { group: "messages", icon: "follow", keys: "End", local: true, contextual: true },
  onlyTopic: { group: "messages", icon: "funnel", keys: "F", local: true, contextual: true },
  copyPayload: { group: "messages", icon: "copy", keys: "Mod+C", local: true, contextual: true },
  copyMessage: { group: "messages", icon: "braces", keys: "Mod+Shift+C", local: true, contextual: true },
  nextRow: { group: "messages", keys: "J", local: true, contextual: true },
  previousRow: { group: "messages", keys: "K", local: true, contextual: true },

  newRootCa: { group: "certificates", icon: "shield-check" },
  newIssuingCa: { group: "certificates", icon: "plus" },
  issueCertificates: { group: "certificates", icon: "certificate" },
  newRequest: { group: "certificates", icon: "edit" },
  signRequest: { group: "certificates", icon: "edit" },
  importCertificate: { group: "certificates", icon: "download" },
  renewCertificate: { group: "certificates", icon: "refresh" },
  renewEnding: { group: "certificates", icon: "clock" },
  provePossession: { group: "certificates", icon: "shield-check" },

  zoomIn: { group: "view", keys: "Mod+=", browserKeys: null },
  zoomOut: { group: "view", keys: "Mod+-", browserKeys: null },
  zoomReset: { group: "view", keys: "Mod+0", browserKeys: null },

  newWindow: { group: "window", icon: "plus", keys: "Mod+Shift+N", browserKeys: "Alt+Shift+N" },
  deviceWindow: { group: "window", icon: "copy", keys: "Mod+Shift+O", browserKeys: "Alt+Shift+O" },
  messagesWindow: { group: "window", icon: "list" },
} as const satisfies Record<string, ActionSpec>;

export type ActionId = keyof typeof ACTIONS;

export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[];

/** What is fixed about an action. */
export function specOf(id: ActionId): ActionSpec {
  return ACTIONS[id];
}

/** The keys of an action as `chords.ts` writes them; null when it has none here. */
export function keysOf(id: ActionId, inBrowser: boolean): string | null {
  const { keys, browserKeys } = specOf(id);
  return (inBrowser && browserKeys !== undefined ? browserKeys : keys) ?? null;
}

/** Keys without Ctrl, Alt or a name of their own: they can be switched off. */
export function isSingleKey(keys: string): boolean {
  return /^[A-Z/]$/.test(keys);
}
