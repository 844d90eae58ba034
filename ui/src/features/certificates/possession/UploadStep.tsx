import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useCopy } from "@/components/copy";
import { ErrorState } from "@/components/feedback";
import { useLiveQuery } from "@/live";
import { nameOf } from "../names";
import { useExportFile } from "../useExportFile";
import { azureUpload } from "./commands";
import type { StepProps } from "./Wizard";
import styles from "./Wizard.module.css";

/** The certificate in every form that the hub takes, for the portal, the command line and the ARM call. */
export function UploadStep({ authority, hub, proof, onUploaded }: StepProps & { onUploaded: () => void }) {
  const { t } = useTranslation();
  const { sha256 } = authority.certificate;
  const { data, error } = useLiveQuery("certificate.inspect", { sha256 });
  const { run } = useExportFile();
  const copy = useCopy();
  const pem = data?.pem ?? "";
  return (
    <>
      <div className={styles.body}>
        <p>{t(hub?.kind === "azure_dps" ? "possession.uploadTextDps" : "possession.uploadText")}</p>
        {error !== null && <ErrorState error={error} />}
        <ul className={styles.ways}>
          <li>
            <span className={styles.wayName}>{t("possession.byPortal")}</span>
            <Button size="sm" icon="download" onClick={() => run({ sha256, form: "pem", passphrase: null })}>
              {t("possession.savePem")}
            </Button>
            <Button size="sm" icon="download" onClick={() => run({ sha256, form: "der", passphrase: null })}>
              {t("possession.saveCer")}
            </Button>
          </li>
          <li>
            <span className={styles.wayName}>{t("possession.byText")}</span>
            <Button size="sm" icon="copy" disabled={pem === ""} onClick={() => copy(pem, t("possession.pem"))}>
              {t("possession.copyPem")}
            </Button>
          </li>
          <li>
            <span className={styles.wayName}>{t("possession.byArm")}</span>
            {/* The ARM call takes the file, base64 once more; PEM is ASCII. */}
            <Button size="sm" icon="braces" disabled={pem === ""} onClick={() => copy(btoa(pem), t("possession.base64"))}>
              {t("possession.copyBase64")}
            </Button>
          </li>
          <li>
            <span className={styles.wayName}>{t("possession.byAz")}</span>
            <Button size="sm" icon="terminal" onClick={() => copy(azureUpload(hub, nameOf(authority.certificate)), t("possession.azCommands"))}>
              {t("possession.copyAz")}
            </Button>
          </li>
        </ul>
        <p className={styles.quiet}>{t("possession.keyStays")}</p>
      </div>
      <footer className={styles.footer}>
        <span className={styles.rest}>{t("possession.uploadRest")}</span>
        <Button onClick={() => proof.change({ step: 1 })}>{t("possession.backStep")}</Button>
        <Button variant="primary" onClick={onUploaded}>
          {t("possession.isUploaded")}
        </Button>
      </footer>
    </>
  );
}
