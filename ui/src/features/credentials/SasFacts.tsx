import { useTranslation } from "react-i18next";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import type { DecodedSas, SasSignature } from "@/contract";
import { formatMoment } from "@/i18n";
import { Check } from "./Check";
import styles from "./Credentials.module.css";

const SIGNATURES = {
  not_checked: "credentials.signatureNotChecked",
  primary: "credentials.signaturePrimary",
  secondary: "credentials.signatureSecondary",
  key: "credentials.signatureKey",
  wrong: "credentials.signatureWrong",
} as const satisfies Record<SasSignature, string>;

/** What a SAS token says, compared with the device and its keys. */
export function SasFacts({ decoded }: { decoded: DecodedSas }) {
  const { t } = useTranslation();
  const { resource, resource_fits, policy, expired, signature } = decoded;
  return (
    <Facts>
      <Fact name={t("credentials.resource")}>
        {resource_fits === true ? <Check good>{t("credentials.thisDevice")}</Check> : <VisibleText text={resource} className="mono" />}
        {resource_fits === false && <Check good={false}>{t("credentials.otherResource")}</Check>}
      </Fact>
      {policy !== null && (
        <Fact name={t("credentials.policy")}>
          <VisibleText text={policy} className="mono" />
        </Fact>
      )}
      <Fact name={t("credentials.expiry")}>
        <Expiry seconds={decoded.expiry} />
        {expired && <span className={styles.bad}> {t("credentials.expired")}</span>}
      </Fact>
      <Fact name={t("credentials.signature")}>
        {signature === "not_checked" ? (
          <span className={styles.quiet}>{t(SIGNATURES[signature])}</span>
        ) : (
          <Check good={signature !== "wrong"}>{t(SIGNATURES[signature])}</Check>
        )}
      </Fact>
    </Facts>
  );
}

/** In local time, and in UTC below it. */
function Expiry({ seconds }: { seconds: number }) {
  const { t } = useTranslation();
  const { local, utc } = formatMoment(seconds);
  if (local === utc) return t("credentials.utc", { time: utc });
  return (
    <>
      {local} <span className={styles.quiet}>{t("credentials.utc", { time: utc })}</span>
    </>
  );
}
