import { skipToken, useMutation, useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { use, useCallback, useSyncExternalStore } from "react";
import type { CommandTable, Counters, Job, JobId, ViewId, ViewStatus, Welcome } from "@/contract";
import { usePlatform, type Link } from "@/platform";
import { LiveContext, type Live } from "./LiveProvider";
import { AREA_OF, type Area, type LiveCommand } from "./refresh";
import type { LiveState, LiveStore } from "./store";

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error("useLive outside LiveProvider");
  return live;
}

/** The store itself, for parts that paint outside React. */
export function useLiveStore(): LiveStore {
  return useLive().store;
}

function useLivePart<T>(part: (state: LiveState) => T): T {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

export function useCounters(): Counters {
  return useLivePart((state) => state.counters);
}

/** A number that grows whenever the area changed. */
export function useRevision(area: Area): number {
  return useLivePart((state) => state.revisions[area]);
}

/** Where a view stands by the latest tick; null before the first. */
export function useViewStatus(view: ViewId | null): ViewStatus | null {
  return useLivePart((state) => (view === null ? null : (state.views.get(view) ?? null)));
}

export function useJob(job: JobId | null): Job | null {
  return useLivePart((state) => (job === null ? null : (state.jobs.get(job) ?? null)));
}

/** Grows with every client.hello: whoever owns a view or a job opens it again when this changes. */
export function useEpoch(): number {
  return useLive().epoch;
}

export function useLink(): Link {
  return useLive().link;
}

/** The answer of client.hello. Only below the frame, which waits for it. */
export function useWelcome(): Welcome {
  const { welcome } = useLive();
  if (welcome === null) throw new Error("useWelcome before client.hello was answered");
  return welcome;
}

/**
 * The answer of a command that is fetched again whenever its area changes; with `select`, a part of it, and a new
 * render only when that part changed. Null asks for nothing.
 */
export function useLiveQuery<K extends LiveCommand, Part = CommandTable[K]["response"]>(
  name: K,
  request: CommandTable[K]["request"] | null,
  select?: (answer: CommandTable[K]["response"]) => Part,
): UseQueryResult<Part> {
  const platform = usePlatform();
  return useQuery({
    queryKey: [AREA_OF[name], name, request],
    queryFn: request === null ? skipToken : () => platform.call(name, request),
    ...(select !== undefined && { select }),
  });
}

/** A command to be called by the user's doing: `run.mutate(request)`. */
export function useCommand<K extends keyof CommandTable>(
  name: K,
): UseMutationResult<CommandTable[K]["response"], unknown, CommandTable[K]["request"]> {
  const platform = usePlatform();
  const mutationFn = useCallback((request: CommandTable[K]["request"]) => platform.call(name, request), [platform, name]);
  return useMutation({ mutationKey: [name], mutationFn });
}
