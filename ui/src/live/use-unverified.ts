import type { DeviceId, Session } from "@/contract";
import { useLiveQuery } from "./hooks";

/** Whether a device's session lives that was made without a check of its server. */
export function useUnverified(device: DeviceId | null): boolean {
  const { data } = useLiveQuery("session.list", {}, ({ sessions }) => sessions.some((session) => session.device === device && isUnverified(session)));
  return data ?? false;
}

function isUnverified({ unverified, state }: Session): boolean {
  return unverified && state.state !== "idle" && state.state !== "failed";
}
