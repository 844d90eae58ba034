import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { Device } from "@/contract";
import { useCommand } from "@/live";

/** Asks for a new token now. How it went is a row in the table and the widget's last line. */
export function useRenew(device: Device): { busy: boolean; run: () => void } {
  const { t } = useTranslation();
  const toasts = useToasts();
  const command = useCommand("token.renew");
  return {
    busy: command.isPending,
    run: () =>
      command.mutate(
        { device: device.id },
        {
          onError(thrown) {
            const { sentence, hint } = errorText(t, thrown);
            toasts.show({ tone: "bad", title: t("token.notRenewed"), text: hint === null ? sentence : `${sentence} ${hint}` });
          },
        },
      ),
  };
}
