import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Settings } from "@/contract";
import { usePlatform, type Platform } from "@/platform";
import { useLiveQuery } from "./hooks";
import { AREA_OF } from "./refresh";

const KEY = [AREA_OF["settings.get"], "settings.get", {}];
/** A splitter that is dragged is saved when it rests. */
const SAVE_AFTER_MS = 300;
const saves = new WeakMap<QueryClient, ReturnType<typeof setTimeout>>();

export const DEFAULT_SETTINGS: Settings = { theme: "system", panes: {}, vault_idle_minutes: null };

/** The settings, and a change of them that is seen at once and saved soon after. */
export function useSettings(): [Settings, (change: (old: Settings) => Settings) => void] {
  const queries = useQueryClient();
  const platform = usePlatform();
  const { data } = useLiveQuery("settings.get", {});
  const change = useCallback(
    (edit: (old: Settings) => Settings) => {
      queries.setQueryData<Settings>(KEY, (old) => edit(old ?? DEFAULT_SETTINGS));
      clearTimeout(saves.get(queries));
      saves.set(
        queries,
        setTimeout(() => void save(queries, platform), SAVE_AFTER_MS),
      );
    },
    [queries, platform],
  );
  return [data ?? DEFAULT_SETTINGS, change];
}

/** Sends what is shown. When it cannot be saved (a read-only workspace), it still holds until the page ends. */
async function save(queries: QueryClient, platform: Platform): Promise<void> {
  const settings = queries.getQueryData<Settings>(KEY);
  if (settings !== undefined) await platform.call("settings.set", settings).catch(() => undefined);
}
