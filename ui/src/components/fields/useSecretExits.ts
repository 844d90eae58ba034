import { useTranslation } from "react-i18next";
import type { CopyWhat, DeviceId, HubId, SecretField } from "@/contract";
import { usePlatform } from "@/platform";
import { errorText } from "../feedback/errorText";
import { useToasts } from "../toast/context";

/** Whose a secret is. */
export type SecretOwner = { device: DeviceId } | { hub: HubId };

export interface SecretExits {
  reveal: (field: SecretField) => Promise<string | null>;
  /** `what` names it in words. */
  copy: (request: CopyWhat, what: string) => void;
}

/** The ways that a stored secret of a device or hub can leave; null where there are none: in a browser, and before it is stored. */
export function useSecretExits(owner: SecretOwner | null): SecretExits | null {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  if (owner === null || platform.kind !== "desktop") return null;

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
        .call("credential.reveal", { ...owner, field })
        .then(({ text }) => text)
        .catch(failed(t("common.notRevealed"))),
    copy(request, what) {
      platform
        .call("credential.copy", { ...owner, what: request })
        .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }), text: t("common.clipboardCleared") }))
        .catch(failed(t("common.notCopied", { what })));
    },
  };
}
