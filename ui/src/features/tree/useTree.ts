import type { Sandbox, Sessions, TokenStatuses, Tree, TreeLayout } from "@/contract";
import { useLiveQuery } from "@/live";
import { deviceStates, type DeviceStates, type TokenStates } from "./model";

const NO_TREE: Tree = { hubs: [], devices: [] };
const NO_LAYOUT: TreeLayout = { folders: [], hub_folders: {}, device_folders: {}, folded: [] };
const NO_STATES: DeviceStates = {};
const NO_TOKENS: TokenStates = {};
const runs = ({ state }: Sandbox) => state.state === "running";
const statesOf = ({ sessions }: Sessions) => deviceStates(sessions);
const tokensOf = ({ statuses }: TokenStatuses): TokenStates => Object.fromEntries(statuses.map(({ device, state }) => [device, state]));

export interface TreeState {
  tree: Tree;
  layout: TreeLayout;
  states: DeviceStates;
  tokens: TokenStates;
  sandboxRuns: boolean;
  loading: boolean;
  error: unknown;
  retry: () => void;
}

/** Hubs and devices with the states of their sessions and credentials and of the sandbox. */
export function useTree(): TreeState {
  const { data, error, isPending, refetch } = useLiveQuery("tree.get", {});
  const layout = useLiveQuery("tree.layout", {});
  const { data: states } = useLiveQuery("session.list", {}, statesOf);
  const { data: sandboxRuns } = useLiveQuery("sandbox.get", {}, runs);
  const { data: tokens } = useLiveQuery("token.list", {}, tokensOf);
  return {
    tree: data ?? NO_TREE,
    layout: layout.data ?? NO_LAYOUT,
    states: states ?? NO_STATES,
    tokens: tokens ?? NO_TOKENS,
    sandboxRuns: sandboxRuns === true,
    loading: isPending || layout.isPending,
    error,
    retry: () => void refetch(),
  };
}
