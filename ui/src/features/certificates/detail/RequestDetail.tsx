import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useCopy } from "@/components/copy";
import { Fact, Facts } from "@/components/facts";
import { Note } from "@/components/feedback";
import { VisibleText } from "@/components/text";
import type { CertificateRequest } from "@/contract";
import { formatMoment } from "@/i18n";
import { useDelete } from "../useDelete";
import { useExportFile } from "../useExportFile";
import styles from "./Detail.module.css";

interface RequestDetailProps {
  request: CertificateRequest;
  /** Takes in the certificate that answers it. */
  onImport: () => void;
}

/** A request that was made here: its text for the other CA, and the way on when the certificate comes. */
export function RequestDetail({ request, onImport }: RequestDetailProps) {
  const { t } = useTranslation();
  const { save, busy } = useExportFile();
  const copy = useCopy();
  const remove = useDelete();
  return (
    <div className={styles.detail}>
      <header className={styles.header}>
        <div className={styles.names}>
          <h2 className={styles.title}>
            <VisibleText text={request.common_name} />
          </h2>
          <p className={styles.quiet}>{t("certificates.requestKind", { key: request.key })}</p>
        </div>
        <div className={styles.actions}>
          <Button icon="download" onClick={onImport}>
            {t("certificates.importAnswer")}
          </Button>
          <Button icon="copy" onClick={() => copy(request.pem, t("certificates.request"))}>
            {t("possession.copyPem")}
          </Button>
          <Button icon="download" busy={busy} onClick={() => save({ name: `${request.common_name.replace(/[^\w.-]+/g, "-")}.csr`, text: request.pem })}>
            {t("possession.save")}
          </Button>
          <Button variant="danger" icon="trash" onClick={() => void remove(request)}>
            {t("certificates.delete")}
          </Button>
        </div>
      </header>
      {!request.has_key && <Note tone="warn">{t("certificates.requestKeyAway")}</Note>}
      <Facts>
        <Fact name={t("certificates.madeAt")}>{formatMoment(request.created).local}</Fact>
        <Fact name={t("certificates.key")}>{request.key}</Fact>
      </Facts>
      <p className={styles.quiet}>{t("certificates.requestNext")}</p>
      <pre className={styles.pem} aria-label={t("certificates.request")}>
        {request.pem.trim()}
      </pre>
    </div>
  );
}
