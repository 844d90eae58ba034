import { useTranslation } from "react-i18next";
import { VisibleText } from "@/components/text";
import type { StepEvidence } from "@/contract";
import table from "@/styles/table.module.css";
import styles from "./Diagnose.module.css";
import { millisWords } from "./outcome";

/** The addresses that were tried, each with its time and what came of it. */
export function Attempts({ seen }: { seen: Extract<StepEvidence, { seen: "attempts" }> }) {
  const { t } = useTranslation();
  const { attempts, proxy, other_port: other } = seen;
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("diagnose.evidence.address")}</th>
            <th scope="col">{t("diagnose.evidence.time")}</th>
            <th scope="col">{t("diagnose.evidence.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ address, micros, error }, place) => (
            <tr key={place}>
              <td>
                <VisibleText className="mono" text={address} />
              </td>
              <td>{millisWords(t, micros)}</td>
              <td className={error === null ? styles.good : styles.bad}>{error === null ? t("diagnose.evidence.opened") : <VisibleText text={error} />}</td>
            </tr>
          ))}
          {other !== null && (
            <tr>
              <td>{t("diagnose.evidence.otherPort", { port: other[0] })}</td>
              <td />
              <td className={other[1] ? styles.good : styles.bad}>{t(other[1] ? "diagnose.evidence.otherOpens" : "diagnose.evidence.otherSilent")}</td>
            </tr>
          )}
        </tbody>
      </table>
      {proxy !== null && (
        <p className={styles.quiet}>
          {t("diagnose.evidence.throughProxy")} <VisibleText className="mono" text={proxy} />
        </p>
      )}
    </>
  );
}
