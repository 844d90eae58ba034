import type { CertificateEntry } from "@/contract";
import { endingSoon, isOver } from "../ending";
import type { People } from "./people";

/** Words that stand for a state instead of a name. */
const STATES: Record<string, (entry: CertificateEntry, now: number) => boolean> = {
  expired: ({ certificate }, now) => certificate.not_after <= now,
  soon: (entry, now) => endingSoon([entry], now).length > 0,
  revoked: ({ revoked }) => revoked !== null,
  replaced: ({ replaced_by }) => replaced_by !== null,
  unused: (entry) => !isOver(entry) && entry.devices.length === 0 && entry.hubs.length === 0,
};

/**
 * Whether an entry has every word: in its names, numbers, key, devices or hubs, or as a state (`expired`, `soon`,
 * `revoked`, `replaced`, `unused`). `now` in Unix seconds.
 */
export function matches(entry: CertificateEntry, words: readonly string[], people: People, now: number): boolean {
  if (words.length === 0) return true;
  const { subject, issuer, key, serial, sha1, sha256 } = entry.certificate;
  const users = [...entry.devices.map((id) => people.devices.get(id)?.name), ...entry.hubs.map(({ hub }) => people.hubs.get(hub)?.name)];
  const text = [subject, issuer, key, serial, sha1, sha256, ...users].join("\n").toLowerCase();
  // Thumbprints are pasted with colons as well.
  return words.every((word) => text.includes(word) || text.includes(word.replaceAll(":", "")) || STATES[word]?.(entry, now) === true);
}

/** The words of a filter. */
export function wordsOf(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter(Boolean);
}
