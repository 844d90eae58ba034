import { useTranslation } from "react-i18next";
import { useToasts } from "../toast/context";

/** Copies text that is no secret, and says so. `what` names it. */
export function useCopy(): (text: string, what: string) => void {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (text, what) => {
    navigator.clipboard
      .writeText(text)
      .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }) }))
      .catch(() => toasts.show({ tone: "bad", title: t("common.notCopied", { what }), text: t("common.clipboardRefused") }));
  };
}
