import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { CertificateExport, TextFile, WrittenFile } from "@/contract";
import { downloadFile, usePlatform } from "@/platform";

/** Writes files: the app asks for a place, a browser downloads. What was written is said in a toast. */
export function useExportFile() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);

  /** Answers whether a file was written; what fails is thrown. */
  async function write(ask: () => Promise<WrittenFile>): Promise<boolean> {
    setBusy(true);
    try {
      const { file_name: name, download } = await ask();
      if (name === null) return false;
      if (download !== null) await downloadFile(platform, download, name);
      toasts.show({ tone: "ok", title: t("certificates.written"), text: name });
      return true;
    } finally {
      setBusy(false);
    }
  }

  function tell(ask: () => Promise<WrittenFile>) {
    write(ask).catch((thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title: t("certificates.notWritten"), text: hint === null ? sentence : `${sentence} ${hint}` });
    });
  }

  return {
    busy,
    write,
    /** An export that asks for nothing; what fails is said in a toast. */
    run: (request: CertificateExport) => tell(() => platform.call("certificate.export", request)),
    /** A text that is shown. */
    save: (file: TextFile) => tell(() => platform.call("file.save", file)),
  };
}
