/** The engine's limit: a hundred years. */
export const MOST_DAYS = 36_500;

/** Whether a number of days can be asked for, and ends before `limit` (Unix seconds, as `now`). */
export function daysFit(days: number | null, limit: number | null, now: number): days is number {
  return days !== null && days >= 1 && days <= MOST_DAYS && (limit === null || now + days * 86_400 <= limit);
}

/** The wanted days, or as many whole ones as are left before `limit`. */
export function daysWithin(wanted: number, limit: number | null, now: number): number {
  return limit === null ? wanted : Math.max(1, Math.min(wanted, Math.floor((limit - now) / 86_400)));
}
