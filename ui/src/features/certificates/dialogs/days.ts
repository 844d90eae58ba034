import type { CertificateEntry } from "@/contract";

/** The engine's limit: a hundred years. */
export const MOST_DAYS = 36_500;

const DAY = 86_400;

/** Whether a number of days can be asked for, and ends before `limit` (Unix seconds, as `now`). */
export function daysFit(days: number | null, limit: number | null, now: number): days is number {
  return days !== null && days >= 1 && days <= MOST_DAYS && (limit === null || now + days * DAY <= limit);
}

/** The wanted days, or as many whole ones as are left before `limit`. */
export function daysWithin(wanted: number, limit: number | null, now: number): number {
  return limit === null ? wanted : Math.max(1, Math.min(wanted, Math.floor((limit - now) / DAY)));
}

/** As long as the longest of them was valid; `otherwise` for none. */
export function usualDays(entries: readonly CertificateEntry[], otherwise: number): number {
  const days = entries.map(({ certificate }) => Math.round((certificate.not_after - certificate.not_before) / DAY));
  return days.length === 0 ? otherwise : Math.max(1, ...days);
}

/**
 * When the first of the CAs ends that sign `entries`, Unix seconds; null when none signs them. Those that are `renewed`
 * with them, for some days from `now` on, count as new.
 */
export function issuersEnd(
  entries: readonly CertificateEntry[],
  all: readonly CertificateEntry[],
  renewed: { authorities: readonly CertificateEntry[]; days: number | null },
  now: number,
): number | null {
  const ends = entries.flatMap(({ issued_by: issuer }) => {
    const is = ({ certificate }: CertificateEntry) => certificate.sha256 === issuer;
    // The engine lets a certificate of as many days end with its CA, which was made a moment before.
    if (renewed.authorities.some(is)) return renewed.days === null ? [] : now + (renewed.days + 1) * DAY - 1;
    return all.find(is)?.certificate.not_after ?? [];
  });
  return ends.length === 0 ? null : Math.min(...ends);
}
