export { KeyLogMark } from "./KeyLogRow";
export { SessionCard } from "./SessionCard";
export { SessionWords } from "./SessionWords";
export { SubscriptionsCard } from "./SubscriptionsCard";
export { UnverifiedBanner, UnverifiedMark } from "./Unverified";
export { isUp, useConnect, useDeviceSession } from "./use-session";
