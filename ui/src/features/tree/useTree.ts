import { useMemo } from "react";
import type { Tree } from "@/contract";
import { useLiveQuery } from "@/live";
import { deviceStates, type DeviceStates } from "./model";

const NO_TREE: Tree = { hubs: [], devices: [] };

/** Hubs and devices with the states of their sessions. */
export function useTree(): { tree: Tree; states: DeviceStates; loading: boolean; error: unknown; retry: () => void } {
  const { data, error, isPending, refetch } = useLiveQuery("tree.get", {});
  const sessions = useLiveQuery("session.list", {});
  const states = useMemo(() => deviceStates(sessions.data?.sessions ?? []), [sessions.data]);
  return { tree: data ?? NO_TREE, states, loading: isPending, error, retry: () => void refetch() };
}
