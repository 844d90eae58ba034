import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Device, KeyLog } from "@/contract";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import { useLiveQuery } from "@/live";
import { usePlatform } from "@/platform";

/** The file that gets a device's TLS keys; null while none does. */
export function useKeyLog(device: Device): { log: KeyLog | null; start: () => void; stop: () => void } {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const { data } = useLiveQuery("session.list", {});
  const log = data?.key_logs.find((one) => one.device === device.id) ?? null;
  const actions = useMemo(() => {
    const failed = (title: string) => (thrown: unknown) => {
      toasts.show({ tone: "bad", title, text: errorText(t, thrown).sentence });
    };
    const ref = { device: device.id };
    return {
      start: () => void platform.call("key_log.start", ref).catch(failed(t("keyLog.notStarted"))),
      stop: () => void platform.call("key_log.stop", ref).catch(failed(t("keyLog.notStopped"))),
    };
  }, [device.id, platform, toasts, t]);
  return { log, ...actions };
}
