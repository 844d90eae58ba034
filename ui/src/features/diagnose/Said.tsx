import { useTranslation } from "react-i18next";
import { VisibleText } from "@/components/text";
import type { DiagnoseStep, StepReport } from "@/contract";
import styles from "./Diagnose.module.css";

const OF_TLS: readonly DiagnoseStep[] = ["tls_handshake", "server_chain", "host_name", "client_certificate"];

/** The words of libraries, system and server, as they are; folded, for they are for bug reports. */
export function Said({ step }: { step: StepReport }) {
  const { t } = useTranslation();
  return (
    <details className={styles.said} open={step.state === "failed"}>
      <summary>
        <strong>{t(OF_TLS.includes(step.step) ? "diagnose.saidTls" : "diagnose.said")}</strong> {t("diagnose.saidFor")}
      </summary>
      <ul>
        {step.said.map((words, place) => (
          <li key={place}>
            <VisibleText text={words} />
          </li>
        ))}
      </ul>
    </details>
  );
}
