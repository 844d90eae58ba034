import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { Device } from "@/contract";
import { useCommand } from "@/live";

/** Lets the two stored keys change places; null before both are stored. */
export function useSwap(device: Device | null): { busy: boolean; run: () => void } | null {
  const { t } = useTranslation();
  const toasts = useToasts();
  const swap = useCommand("credential.swap");
  const both = (["primary_key", "secondary_key"] as const).every((field) => device?.secrets.some((secret) => secret.field === field));
  if (device === null || !both) return null;
  return {
    busy: swap.isPending,
    run: () =>
      swap.mutate(
        { device: device.id },
        {
          onSuccess: () => toasts.show({ tone: "ok", title: t("credentials.swapped") }),
          onError: (thrown) => toasts.show({ tone: "bad", title: t("credentials.notSwapped"), text: errorText(t, thrown).sentence }),
        },
      ),
  };
}
