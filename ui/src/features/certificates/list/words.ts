import type { TFunction } from "i18next";
import type { CertificateEntry } from "@/contract";
import { certificateTone, shareLeft, spanWord } from "@/components/life";
import { isOver } from "../ending";
import type { People, Users } from "./people";

/** The time of a certificate as a row and a node show it. `share` is the part that is left, 0 to 1. */
export interface TimeLeft {
  share: number;
  tone: "ok" | "warn" | "bad" | "over";
  words: string;
}

/** What is left at `now` (Unix seconds); one that was revoked or replaced has nothing left to warn of. */
export function timeLeft(t: TFunction, entry: CertificateEntry, now: number): TimeLeft {
  const { not_before: from, not_after: to } = entry.certificate;
  const left = to - now;
  if (entry.revoked !== null) return { share: 0, tone: "bad", words: t("certificates.revoked") };
  if (left <= 0) return { share: 0, tone: isOver(entry) ? "over" : "bad", words: t("certificates.expired", { ago: spanWord(t, -left) }) };
  if (entry.replaced_by !== null) return { share: shareLeft({ from, to }, now), tone: "over", words: t("certificates.replaced") };
  if (from > now) return { share: 1, tone: "warn", words: t("certificates.notYet") };
  return { share: shareLeft({ from, to }, now), tone: certificateTone(left), words: spanWord(t, left) };
}

/** Who uses it, in a few words. */
export function usedBy(t: TFunction, entry: CertificateEntry, users: Users, people: People): string {
  const [only] = users.hubs;
  const hubs = only !== undefined && users.hubs.length === 1 ? people.hubs.get(only)?.name : undefined;
  const parts: string[] = [];
  if (users.authorities > 0) parts.push(t("certificates.authorityCount", { count: users.authorities }));
  if (entry.role === "device") {
    if (users.devices.length > 1) parts.push(t("certificates.deviceCount", { count: users.devices.length }));
    else if (hubs !== undefined) parts.push(hubs);
  } else {
    if (users.hubs.length > 0) parts.push(hubs ?? t("certificates.hubCount", { count: users.hubs.length }));
    if (users.devices.length > 0) parts.push(t("certificates.deviceCount", { count: users.devices.length }));
  }
  return parts.length === 0 ? t("certificates.notUsed") : parts.join(", ");
}

/** What it is here, in one word. */
export function typeOf(t: TFunction, { role, certificate }: CertificateEntry): string {
  if (role === "server") return t(certificate.self_signed ? "certificates.type.root" : "certificates.type.server");
  return t(`certificates.type.${role}`);
}
