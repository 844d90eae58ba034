import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Checkbox, NewPassphraseFields, NO_PASSPHRASE, passphraseFits } from "@/components/fields";
import { problemsOf } from "@/components/form";
import { visibleString } from "@/components/text";
import type { CertificateEntry } from "@/contract";
import { usePlatform } from "@/platform";
import { nameOf } from "../names";
import { useExportFile } from "../useExportFile";
import { ConfirmDialog } from "./ConfirmDialog";

interface ExportKeyDialogProps {
  entry: CertificateEntry;
  form: "pkcs12" | "encrypted_key" | "private_key";
  confirmKeys: string;
  onClose: () => void;
}

/** A private key leaves: under a passphrase, or readable once that was confirmed. */
export function ExportKeyDialog({ entry, form, confirmKeys, onClose }: ExportKeyDialogProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const { busy, write } = useExportFile();
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problems = problemsOf(error);
  const plain = form === "private_key";

  function submit() {
    setError(null);
    write(() => platform.call("certificate.export", { sha256: entry.certificate.sha256, form, passphrase: plain ? null : passphrase.fresh })).then((done) => done && onClose(), setError);
  }

  return (
    <ConfirmDialog
      danger={plain}
      icon={plain ? "warning" : "key"}
      title={t(`certificates.exportTitle.${form}`, { name: visibleString(nameOf(entry.certificate)) })}
      action={t(`certificates.exportAction.${form}`)}
      keys={plain ? undefined : confirmKeys}
      busy={busy}
      reason={plain ? (sure ? null : t("certificates.confirmFirst")) : passphraseFits(passphrase) ? null : t("common.passphrase.first")}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={submit}
    >
      {plain ? (
        <>
          <Note tone="bad" title={t("certificates.plainKey")}>
            {t("certificates.plainKeyText")}
          </Note>
          <Checkbox checked={sure} onChange={setSure}>
            {t("certificates.plainKeySure")}
          </Checkbox>
        </>
      ) : (
        <>
          <p>{t(`certificates.exportText.${form}`)}</p>
          <NewPassphraseFields value={passphrase} problem={problems.get("passphrase")} onChange={setPassphrase} />
        </>
      )}
    </ConfirmDialog>
  );
}
