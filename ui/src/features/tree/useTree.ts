import type { Sessions, Tree } from "@/contract";
import { useLiveQuery } from "@/live";
import { deviceStates, type DeviceStates } from "./model";

const NO_TREE: Tree = { hubs: [], devices: [] };
const NO_STATES: DeviceStates = {};
const statesOf = ({ sessions }: Sessions) => deviceStates(sessions);

/** Hubs and devices with the states of their sessions. */
export function useTree(): { tree: Tree; states: DeviceStates; loading: boolean; error: unknown; retry: () => void } {
  const { data, error, isPending, refetch } = useLiveQuery("tree.get", {});
  const { data: states } = useLiveQuery("session.list", {}, statesOf);
  return { tree: data ?? NO_TREE, states: states ?? NO_STATES, loading: isPending, error, retry: () => void refetch() };
}
