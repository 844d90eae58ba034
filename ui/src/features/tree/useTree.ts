import type { Sandbox, Sessions, Tree } from "@/contract";
import { useLiveQuery } from "@/live";
import { deviceStates, type DeviceStates } from "./model";

const NO_TREE: Tree = { hubs: [], devices: [] };
const NO_STATES: DeviceStates = {};
const runs = ({ state }: Sandbox) => state.state === "running";
const statesOf = ({ sessions }: Sessions) => deviceStates(sessions);

export interface TreeState {
  tree: Tree;
  states: DeviceStates;
  sandboxRuns: boolean;
  loading: boolean;
  error: unknown;
  retry: () => void;
}

/** Hubs and devices with the states of their sessions and of the sandbox. */
export function useTree(): TreeState {
  const { data, error, isPending, refetch } = useLiveQuery("tree.get", {});
  const { data: states } = useLiveQuery("session.list", {}, statesOf);
  const { data: sandboxRuns } = useLiveQuery("sandbox.get", {}, runs);
  return { tree: data ?? NO_TREE, states: states ?? NO_STATES, sandboxRuns: sandboxRuns === true, loading: isPending, error, retry: () => void refetch() };
}
