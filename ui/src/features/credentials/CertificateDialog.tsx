import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Field, SecretInput } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import { PemField, pemSource, type Pem } from "@/components/pem";
import type { Certificate, CertificateFiles, SecretDraft } from "@/contract";
import { useAnswer, useWelcome } from "@/live";
import { CertificateSummary } from "./CertificateSummary";
import styles from "./Credentials.module.css";
import { KEEP } from "./form";

interface CertificateDialogProps {
  onClose: () => void;
  onUse: (files: CertificateFiles, summary: Certificate) => void;
}

/** Reads a certificate and its key from files or pasted text, and shows what they are before they are used. */
export function CertificateDialog({ onClose, onUse }: CertificateDialogProps) {
  const { t } = useTranslation();
  const { platform: system } = useWelcome();
  const [certificate, setCertificate] = useState<Pem>(null);
  const [key, setKey] = useState<Pem>(null);
  const [passphrase, setPassphrase] = useState<SecretDraft>(KEEP);
  const from = pemSource(certificate);
  const files: CertificateFiles | null =
    from === null
      ? null
      : { certificate: from, key: pemSource(key), passphrase: passphrase.change === "set" && passphrase.value !== "" ? passphrase.value : null };
  const { answer, error, pending } = useAnswer("certificate.read", files);
  const summary = error === null && !pending ? answer : null;
  const use = () => {
    if (files !== null && summary !== null) onUse(files, summary);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      icon="certificate"
      title={t("credentials.importTitle")}
      onConfirm={use}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" keys={system === "macos" ? "Cmd Enter" : "Ctrl Enter"} reason={summary === null ? t("credentials.nothingRead") : null} onClick={use}>
            {t("credentials.useCertificate")}
          </Button>
        </>
      }
    >
      <div className={styles.import}>
        <PemField label={t("credentials.certificate")} purpose="client_certificate" hint={t("credentials.certificateHint")} value={certificate} onChange={setCertificate} />
        <PemField label={t("credentials.privateKey")} purpose="private_key" hint={t("credentials.privateKeyHint")} value={key} onChange={setKey} secret />
        <Field label={t("credentials.passphrase")} hint={t("credentials.passphraseHint")}>
          <SecretInput value={passphrase} stored={null} onChange={setPassphrase} />
        </Field>
        {from !== null && error !== null && !pending && <ReadFailure error={error} />}
        {summary !== null && <CertificateSummary certificate={summary} />}
      </div>
    </Dialog>
  );
}

function ReadFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint, detail } = errorText(t, error);
  return (
    <Note tone="bad" title={sentence}>
      {hint ?? detail}
    </Note>
  );
}
