import type { IconName } from "@/components/icon";
import { fuzzy } from "./fuzzy";

export type EntryKind = "action" | "device" | "hub" | "topic" | "certificate" | "setting";

/** One thing that the palette offers. */
export interface Entry {
  /** Unique, and the same at the next start: it is remembered when it was chosen. */
  id: string;
  kind: EntryKind;
  label: string;
  /** Where it belongs; searched too. */
  detail?: string | undefined;
  icon: IconName;
  keys?: string | undefined;
  run: () => void;
}

export interface Found extends Entry {
  /** Places in the label that matched. */
  at: readonly number[];
  /** It was chosen not long ago. */
  recent: boolean;
}

/** Entries that are shown at once: who does not find it among them types on. */
const MOST_SHOWN = 60;
/** What a recent choice is worth beside how well it matches. */
const RECENT_SCORE = 6;

/** The entries that match, the best first; with nothing typed those chosen last, then all in their order. */
export function findEntries(query: string, entries: readonly Entry[], recent: readonly string[]): Found[] {
  const found = entries.flatMap((entry) => {
    const age = recent.indexOf(entry.id);
    const inLabel = fuzzy(query, entry.label);
    const match = inLabel ?? fuzzy(query, `${entry.label} ${entry.detail ?? ""}`);
    if (match === null) return [];
    const fresh = age < 0 ? 0 : RECENT_SCORE * (1 - age / recent.length);
    const score = query.trim() === "" ? (age < 0 ? -recent.length : -age) : match.score + fresh - (inLabel === null ? RECENT_SCORE : 0);
    return [{ ...entry, at: match.at.filter((place) => place < entry.label.length), recent: age >= 0, score }];
  });
  return found.sort((a, b) => b.score - a.score).slice(0, MOST_SHOWN);
}
