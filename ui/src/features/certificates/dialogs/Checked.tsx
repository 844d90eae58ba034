import { useTranslation } from "react-i18next";
import { Fact, Facts } from "@/components/facts";
import { Note } from "@/components/feedback";
import { VisibleText, visibleString } from "@/components/text";
import type { CertificateCheck } from "@/contract";
import { formatDate, renderText } from "@/i18n";
import styles from "./Dialogs.module.css";

/** What a certificate to be imported is, and what is to be said of it. */
export function Checked({ check }: { check: CertificateCheck }) {
  const { t } = useTranslation();
  const [leaf, ...issuers] = check.chain;
  if (leaf === undefined) return null;
  return (
    <div className={styles.stack} aria-live="polite">
      <div className={styles.sunken}>
        <Facts>
          <Fact name={t("certificates.subject")}>
            <VisibleText text={leaf.subject} className="mono" />
          </Fact>
          <Fact name={t("certificates.what")}>{t(`certificates.kind.${check.role}`)}</Fact>
          <Fact name={t("certificates.issuer")}>{leaf.self_signed ? t("certificates.itself") : <VisibleText text={leaf.issuer} className="mono" />}</Fact>
          <Fact name={t("certificates.valid")}>{t("certificates.fromTo", { from: formatDate(leaf.not_before), to: formatDate(leaf.not_after) })}</Fact>
          <Fact name={t("certificates.privateKey")}>{t(`certificates.imported.${check.key.key}`, { key: leaf.key })}</Fact>
          {issuers.length > 0 && <Fact name={t("certificates.chain")}>{t("certificates.issuersIn", { count: issuers.length })}</Fact>}
        </Facts>
      </div>
      {check.known && <Note tone="info">{t("certificates.known")}</Note>}
      {check.remarks.map((remark) => (
        <Note key={remark.template} tone="warn">
          {visibleString(renderText(remark))}
        </Note>
      ))}
    </div>
  );
}
