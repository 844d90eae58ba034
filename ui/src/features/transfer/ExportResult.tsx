import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Fact, Facts } from "@/components/facts";
import { Note } from "@/components/feedback";
import { Dialog } from "@/components/overlay";
import { VisibleText } from "@/components/text";
import type { Exported } from "@/contract";
import { formatNumber } from "@/i18n";
import styles from "./Transfer.module.css";

/** What was written, and where. */
export function ExportResult({ exported, onClose }: { exported: Exported; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onClose={onClose}
      icon="check-circle"
      title={t("transfer.exported")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("common.close")}
        </Button>
      }
    >
      <div className={styles.form}>
        <Facts>
          <Fact name={t(exported.download === null ? "transfer.file" : "transfer.downloaded")}>
            <VisibleText text={exported.file_name ?? ""} className="mono" />
          </Fact>
          <Fact name={t("transfer.hubs")}>{formatNumber(exported.hubs)}</Fact>
          <Fact name={t("transfer.devices")}>{formatNumber(exported.devices)}</Fact>
          <Fact name={t("transfer.secrets")}>{exported.secrets === 0 ? t("common.none") : t("transfer.secretsIn", { count: exported.secrets })}</Fact>
        </Facts>
        {exported.secrets > 0 && <Note tone="quiet">{t("transfer.keepPassphrase")}</Note>}
      </div>
    </Dialog>
  );
}
