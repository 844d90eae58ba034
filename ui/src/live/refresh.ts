import type { QueryClient } from "@tanstack/react-query";
import type { CommandTable, Revisions } from "@/contract";

export type Area = keyof Revisions;

/** Commands whose answers change with an area; queries of them are fetched again when its revision grows. */
export const AREA_OF = {
  "tree.get": "tree",
  "tree.layout": "tree",
  "subscription.list": "tree",
  "history.list": "composing",
  "saved.list": "composing",
  "session.list": "sessions",
  "settings.get": "settings",
  "sandbox.get": "sandbox",
  "workspace.get": "workspace",
  "token.list": "tokens",
  "token.status": "tokens",
  "token.history": "tokens",
  "sas.current": "tokens",
  "packet.window": "packets",
  "certificate.list": "certificates",
  "certificate.inspect": "certificates",
  "diagnose.list": "diagnoses",
  "diagnose.get": "diagnoses",
} as const satisfies Partial<Record<keyof CommandTable, Area>>;

export type LiveCommand = keyof typeof AREA_OF;

/**
 * Fetches an area's queries again, one round at a time: revisions that come during a round cause one more after it.
 * So a burst of ticks neither cancels a fetch again and again nor leaves an old answer standing.
 */
export function areaRefresh(queries: QueryClient): (area: Area) => void {
  const running = new Set<Area>();
  const again = new Set<Area>();
  async function run(area: Area) {
    running.add(area);
    do {
      again.delete(area);
      await queries.invalidateQueries({ queryKey: [area] });
    } while (again.has(area));
    running.delete(area);
  }
  return (area) => {
    if (running.has(area)) again.add(area);
    else void run(area);
  };
}
