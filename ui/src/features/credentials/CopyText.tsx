import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { useToasts } from "@/components/toast";

/** Copies text that is no secret. `what` names it. */
export function CopyText({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  if (text === "") return null;
  return (
    <IconButton
      icon="copy"
      size="sm"
      label={t("credentials.copyWhat", { what })}
      onClick={() => {
        navigator.clipboard
          .writeText(text)
          .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }) }))
          .catch(() => toasts.show({ tone: "bad", title: t("common.notCopied", { what }), text: t("common.clipboardRefused") }));
      }}
    />
  );
}
