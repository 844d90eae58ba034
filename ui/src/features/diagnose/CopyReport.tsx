import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useToasts } from "@/components/toast";
import type { DiagnoseRunId } from "@/contract";
import { usePlatform } from "@/platform";

/** Copies a run as text, in English as bug reports are; the engine leaves secrets and topics out. */
export function CopyReport({ run }: { run: DiagnoseRunId }) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();

  async function copy() {
    try {
      const { text } = await platform.call("diagnose.text", { run });
      await navigator.clipboard.writeText(text);
      toasts.show({ tone: "ok", title: t("diagnose.reportCopied"), text: t("diagnose.reportSafe") });
    } catch {
      toasts.show({ tone: "bad", title: t("diagnose.reportNotCopied") });
    }
  }

  return (
    <Button icon="copy" onClick={() => void copy()}>
      {t("diagnose.copyReport")}
    </Button>
  );
}
