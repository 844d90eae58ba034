import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Device, DeviceId, Session } from "@/contract";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import { useLiveQuery } from "@/live";
import { usePlatform } from "@/platform";

/** The newest session of a device in this run; null when it has had none. */
export function useDeviceSession(device: DeviceId): Session | null {
  const { data } = useLiveQuery("session.list", {});
  return useMemo(() => {
    const own = data?.sessions.filter((session) => session.device === device) ?? [];
    return own.reduce<Session | null>((newest, session) => (newest === null || session.id > newest.id ? session : newest), null);
  }, [data, device]);
}

/** Connects and disconnects a device. What fails at once is said in a toast, the rest is the session's state. */
export function useConnect(device: Device): { connect: () => void; disconnect: () => void } {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  return useMemo(() => {
    const failed = (title: string) => (thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title, text: hint === null ? sentence : `${sentence} ${hint}` });
    };
    const ref = { device: device.id };
    return {
      connect: () => void platform.call("session.connect", ref).catch(failed(t("session.notConnected", { name: device.name }))),
      disconnect: () => void platform.call("session.disconnect", ref).catch(failed(t("session.notDisconnected", { name: device.name }))),
    };
  }, [device.id, device.name, platform, toasts, t]);
}

/** Whether a session is up or on its way up, so that the way on is to disconnect it. */
export function isUp(session: Session | null): boolean {
  const state = session?.state.state ?? "idle";
  return state === "online" || state === "connecting" || state === "waiting";
}
