import type { DeviceId } from "@/contract";

/** What this window was opened for. */
export type WindowLook =
  /** The window that the app starts with: its tabs are remembered. */
  | { kind: "first" }
  | { kind: "new" }
  | { kind: "device"; device: DeviceId }
  | { kind: "messages"; device: DeviceId };

/** Reads the query of the window's address, as the engine and `openWindow` of the platform write it. */
export function windowLook(search: string): WindowLook {
  const query = new URLSearchParams(search);
  const [kind, device] = [query.get("window"), query.get("device")];
  if ((kind === "device" || kind === "messages") && device !== null) return { kind, device };
  return kind === "new" ? { kind } : { kind: "first" };
}

/** The look of this window. */
export const WINDOW = windowLook(location.search);
