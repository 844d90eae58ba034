import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { CertificateDialog } from "./CertificateDialog";
import { CertificateFacts } from "./CertificateFacts";
import styles from "./Credentials.module.css";
import { shownCertificate } from "./form";
import { problemOf, type PartProps } from "./parts";

/** The client certificate with its key: imported here, shown by its facts, never by its key. */
export function CertificateFields({ form, hub, device, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const [importing, setImporting] = useState(false);
  const certificate = shownCertificate(form, device);
  const problem = problemOf(problems, "certificate", "certificate.files.certificate", "certificate.files.key", "secrets.private_key");
  return (
    <div className={styles.certificate} data-place="certificate">
      {certificate === null ? (
        <p className={styles.quiet}>{t("credentials.noCertificate")}</p>
      ) : (
        <>
          <div className={styles.certificateHead}>
            <Icon name="certificate" />
            <div className={styles.certificateName}>
              <strong>
                <VisibleText text={certificate.common_name === null ? certificate.subject : `CN=${certificate.common_name}`} />
              </strong>
              <span>
                <VisibleText
                  text={
                    certificate.self_signed
                      ? t("credentials.selfSigned", { key: certificate.key })
                      : t("credentials.signedBy", { key: certificate.key, issuer: certificate.issuer })
                  }
                />
              </span>
            </div>
            <IconButton icon="trash" size="sm" label={t("credentials.removeCertificate")} onClick={() => onChange({ certificate: { change: "clear" } })} />
          </div>
          <CertificateFacts certificate={certificate} kind={hub.kind} method={form.method} clientId={form.clientId} />
        </>
      )}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          <Icon name="error" size={12} />
          {t(`problems.${problem}`)}
        </p>
      )}
      <div className={styles.actions}>
        <Button size="sm" icon="file" onClick={() => setImporting(true)}>
          {t(certificate === null ? "credentials.importCertificate" : "credentials.importOther")}
        </Button>
        {form.certificate.change !== "keep" && (device?.certificate ?? null) !== null && (
          <Button size="sm" variant="ghost" icon="undo" onClick={() => onChange({ certificate: { change: "keep" } })}>
            {t("common.keepStored")}
          </Button>
        )}
      </div>
      {importing && (
        <CertificateDialog
          onClose={() => setImporting(false)}
          onUse={(files, summary) => {
            setImporting(false);
            onChange({ certificate: { change: "set", files, summary } });
          }}
        />
      )}
    </div>
  );
}
