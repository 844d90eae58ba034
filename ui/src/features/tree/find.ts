import type { Device, Hub, TokenState } from "@/contract";
import type { DeviceState } from "./model";

/** What the tree's filter finds. */
export interface Finder {
  /** There is something to find. */
  active: boolean;
  hub(hub: Hub): boolean;
  device(hub: Hub, device: Device, state: DeviceState, token: TokenState | undefined): boolean;
}

/** Words that stand for a state instead of a name. */
const STATE_WORDS: Record<string, readonly DeviceState[]> = {
  live: ["online"],
  connected: ["online"],
  connecting: ["connecting", "waiting"],
  failed: ["failed"],
  idle: ["idle"],
};

const SECONDS: Record<string, number> = { h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };
/** `cert < 30d`: certificates that end within a time. */
const CERT = /\bcert\s*<\s*(\d{1,6})\s*([hdwy])\b/gi;

/**
 * Every word must fit: in a name, the client id or the host, or as a state (`live`, `suspended`); `cert < 30d` asks for
 * certificates that end by then, those that have ended among them.
 */
export function finder(filter: string, now: number): Finder {
  let ends = Infinity;
  const rest = filter.replace(CERT, (_, count: string, unit: string) => {
    ends = Math.min(ends, now + Number(count) * (SECONDS[unit.toLowerCase()] ?? 0));
    return " ";
  });
  const words = rest.toLowerCase().split(/\s+/).filter(Boolean);
  const byEnd = ends !== Infinity;
  return {
    active: words.length > 0 || byEnd,
    hub(hub) {
      const text = `${hub.name} ${hub.host}`.toLowerCase();
      return !byEnd && words.every((word) => text.includes(word));
    },
    device(hub, device, state, token) {
      if (byEnd && (device.certificate === null || device.certificate.not_after >= ends)) return false;
      if (words.length === 0) return true;
      const text = `${hub.name} ${hub.host} ${device.name} ${device.client_id}`.toLowerCase();
      return words.every((word) => text.includes(word) || word === token || STATE_WORDS[word]?.includes(state) === true);
    },
  };
}
