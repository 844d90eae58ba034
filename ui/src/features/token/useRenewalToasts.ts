import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "@/components/toast";
import type { Device, DeviceId } from "@/contract";
import { usePlatform } from "@/platform";
import { useTokens } from "./useTokens";

/** Failures older than this were told by an earlier page. */
const FRESH_US = 60_000_000;

/** Says once of every renewal that failed, wherever the page is; the widget and the activity keep it. */
export function useRenewalToasts(devices: readonly Device[]): void {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const tokens = useTokens();
  const told = useRef(new Map<DeviceId, number>());

  useEffect(() => {
    for (const { id, name } of devices) {
      const form = tokens[id]?.form;
      const last = form?.form === "sas" ? form.last : null;
      if (last === null || last.error === null || told.current.get(id) === last.at) continue;
      told.current.set(id, last.at);
      if (Date.now() * 1000 - last.at > FRESH_US) continue;
      toasts.show({
        tone: "bad",
        title: t("token.notRenewedOf", { name }),
        text: t(`codes.${last.error.code}`),
        action: { label: t("common.retry"), run: () => void platform.call("token.renew", { device: id }).catch(() => undefined) },
      });
    }
  }, [devices, tokens, platform, toasts, t]);
}
