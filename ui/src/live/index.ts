export { LiveProvider } from "./LiveProvider";
export {
  useCommand,
  useCounters,
  useEpoch,
  useJob,
  useLink,
  useLive,
  useLiveQuery,
  useLiveStore,
  useRevision,
  useViewStatus,
  useWelcome,
} from "./hooks";
export type { LiveState, LiveStore } from "./store";
