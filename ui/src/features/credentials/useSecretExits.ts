import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { CopyWhat, Device, SecretField } from "@/contract";
import { usePlatform } from "@/platform";

export interface SecretExits {
  reveal: (field: SecretField) => Promise<string | null>;
  /** `what` names it in words. */
  copy: (request: CopyWhat, what: string) => void;
}

/** The ways that a stored secret can leave; null where there are none: in a browser, and before it is stored. */
export function useSecretExits(device: Device | null): SecretExits | null {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  if (device === null || platform.kind !== "desktop") return null;

  function failed(title: string) {
    return (thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title, text: hint === null ? sentence : `${sentence} ${hint}` });
      return null;
    };
  }

  return {
    reveal: (field) =>
      platform
        .call("credential.reveal", { device: device.id, field })
        .then(({ text }) => text)
        .catch(failed(t("credentials.notRevealed"))),
    copy(request, what) {
      platform
        .call("credential.copy", { device: device.id, what: request })
        .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }), text: t("credentials.clipboardCleared") }))
        .catch(failed(t("common.notCopied", { what })));
    },
  };
}
