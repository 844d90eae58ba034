import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useCopy } from "@/components/copy";
import { Icon } from "@/components/icon";
import type { PossessionProof } from "@/contract";
import { useExportFile } from "../useExportFile";
import styles from "./Wizard.module.css";

/** Lines of the certificate that are shown before the rest is counted. */
const SHOWN = 5;

/** The verification certificate, to be copied or saved. */
export function Signed({ proof }: { proof: PossessionProof | null }) {
  const { t } = useTranslation();
  const { save, busy } = useExportFile();
  const copy = useCopy();
  if (proof === null) {
    return (
      <div className={styles.signed}>
        <p className={styles.quiet}>{t("possession.nothingSigned")}</p>
      </div>
    );
  }
  const lines = proof.pem.trim().split("\n");
  const rest = lines.length - SHOWN - 1;
  return (
    <div className={styles.signed} role="status">
      <p className={styles.signedTitle}>
        <Icon name="check-circle" size={14} className={styles.good} />
        {t("possession.signed")}
      </p>
      <pre className={styles.pem} aria-label={t("possession.pem")}>
        {[...lines.slice(0, SHOWN), ...(rest > 0 ? [t("possession.moreLines", { count: rest })] : []), ...lines.slice(-1)].join("\n")}
      </pre>
      <div className={styles.buttons}>
        <Button size="sm" icon="copy" onClick={() => copy(proof.pem, t("possession.signed"))}>
          {t("possession.copyPem")}
        </Button>
        <Button size="sm" icon="download" busy={busy} onClick={() => save({ name: "verification.pem", text: proof.pem })}>
          {t("possession.save")}
        </Button>
      </div>
    </div>
  );
}
