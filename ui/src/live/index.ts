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
export { DEFAULT_SETTINGS, useSettings, useSettingsProblems } from "./settings";
export { topics } from "./topics";
export { useClock } from "./clock";
export { useKeptDraft } from "./use-kept-draft";
export { useAnswer, type Answer } from "./use-answer";
export { useUnverified } from "./use-unverified";
export { useView, type View } from "./use-view";
export { ViewSource } from "./view-source";
