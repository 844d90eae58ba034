import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { FieldProblem, Settings } from "@/contract";
import { usePlatform, wireError, type Platform } from "@/platform";
import { useLiveQuery } from "./hooks";
import { AREA_OF } from "./refresh";

type Edit = (old: Settings) => Settings;

const KEY = [AREA_OF["settings.get"], "settings.get", {}];
const PROBLEMS_KEY = ["settings refused"];
const NONE: readonly FieldProblem[] = [];
/** A splitter that is dragged is saved when it rests. */
const SAVE_AFTER_MS = 300;
/** What was changed and not sent yet. */
const waiting = new WeakMap<QueryClient, { edits: Edit[]; timer: ReturnType<typeof setTimeout> }>();

export const DEFAULT_SETTINGS: Settings = {
  theme: "system",
  density: "compact",
  font_scale: 100,
  language: "system",
  time_zone: "local",
  hour_cycle: "h24",
  log_mebibytes: null,
  single_keys: true,
  notifications: { native: true, credential_ends: true, session_failed: true },
  panes: {},
  vault_idle_minutes: null,
};

/** The settings, and a change of them that is seen at once and saved soon after. */
export function useSettings(): [Settings, (change: Edit) => void] {
  const queries = useQueryClient();
  const platform = usePlatform();
  const { data } = useLiveQuery("settings.get", {});
  const change = useCallback(
    (edit: Edit) => {
      queries.setQueryData<Settings>(KEY, (old) => edit(old ?? DEFAULT_SETTINGS));
      const before = waiting.get(queries);
      clearTimeout(before?.timer);
      const timer = setTimeout(() => void save(queries, platform), SAVE_AFTER_MS);
      waiting.set(queries, { edits: [...(before?.edits ?? []), edit], timer });
    },
    [queries, platform],
  );
  return [data ?? DEFAULT_SETTINGS, change];
}

/** What the latest save was refused for; what was typed stays in sight. */
export function useSettingsProblems(): readonly FieldProblem[] {
  return useQuery({ queryKey: PROBLEMS_KEY, queryFn: () => NONE, initialData: NONE, staleTime: Infinity }).data;
}

/**
 * Makes the changes once more, to what the engine has now: another window may have changed something else meanwhile.
 * What cannot be saved (a read-only workspace) still holds until the page ends.
 */
async function save(queries: QueryClient, platform: Platform): Promise<void> {
  const edits = waiting.get(queries)?.edits ?? [];
  waiting.delete(queries);
  try {
    const now = await platform.call("settings.get", {});
    const saved = await platform.call("settings.set", edits.reduce((settings, edit) => edit(settings), now));
    if (!waiting.has(queries)) queries.setQueryData<Settings>(KEY, saved);
    queries.setQueryData(PROBLEMS_KEY, NONE);
  } catch (thrown) {
    queries.setQueryData(PROBLEMS_KEY, wireError(thrown)?.fields ?? NONE);
  }
}
