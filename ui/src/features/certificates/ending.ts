import type { CertificateEntry } from "@/contract";

const SOON = 30 * 86_400;

/** Whether it counts no longer, because another took its place or it was revoked. */
export function isOver({ replaced_by, revoked }: CertificateEntry): boolean {
  return replaced_by !== null || revoked !== null;
}

/** Certificates that end within 30 days of `now` (Unix seconds), the next one first. What hubs trust is theirs to renew. */
export function endingSoon(entries: readonly CertificateEntry[], now: number): CertificateEntry[] {
  return entries
    .filter((entry) => entry.role !== "server" && !isOver(entry))
    .filter(({ certificate: { not_after: end } }) => end > now && end - now <= SOON)
    .sort((a, b) => a.certificate.not_after - b.certificate.not_after);
}
