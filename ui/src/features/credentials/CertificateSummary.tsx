import { useTranslation } from "react-i18next";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import type { Certificate } from "@/contract";
import { formatDate } from "@/i18n";
import styles from "./Credentials.module.css";

/** What was read, before it is used. */
export function CertificateSummary({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const range = { from: formatDate(certificate.not_before), to: formatDate(certificate.not_after) };
  return (
    <div className={styles.sunken} aria-live="polite">
      <Facts>
        <Fact name={t("credentials.subject")}>
          <VisibleText text={certificate.subject} className="mono" />
        </Fact>
        <Fact name={t("credentials.issuer")}>
          {certificate.self_signed ? t("credentials.itself") : <VisibleText text={certificate.issuer} className="mono" />}
        </Fact>
        <Fact name={t("credentials.valid")}>{t("credentials.validRange", range)}</Fact>
        <Fact name={t("credentials.privateKey")}>{t("credentials.keyFits", { key: certificate.key })}</Fact>
        {certificate.chain > 1 && <Fact name={t("credentials.chain")}>{t("credentials.chainLength", { count: certificate.chain })}</Fact>}
      </Facts>
    </div>
  );
}
