import { useTranslation } from "react-i18next";
import type { JobId, ViewStatus } from "@/contract";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { formatNumber } from "@/i18n";
import { useCommand, useJob } from "@/live";
import styles from "./MessagesPane.module.css";

interface ScanProgressProps {
  status: ViewStatus;
  /** Looks through the kept messages once more. */
  onReadAgain: () => void;
}

/** How far the scan that fills the view is, with a stop; and what a stopped one left out. */
export function ScanProgress({ status, onReadAgain }: ScanProgressProps) {
  const { t } = useTranslation();
  if (status.scan !== null) return <Running job={status.scan} />;
  if (status.unscanned === 0) return null;
  return (
    <div className={styles.scan} role="note">
      <Icon name="warning" size={14} className={styles.warn} />
      <span>{t("messages.notRead", { number: formatNumber(status.unscanned) })}</span>
      <Button size="sm" variant="ghost" onClick={onReadAgain}>
        {t("messages.readAll")}
      </Button>
    </div>
  );
}

function Running({ job: id }: { job: JobId }) {
  const { t } = useTranslation();
  const job = useJob(id);
  const cancel = useCommand("job.cancel");
  if (job?.state.state !== "running" || job.total === 0) return null;
  return (
    <div className={styles.scan} role="status">
      <progress className={styles.progress} max={job.total} value={job.done} aria-label={t("messages.scanLabel")} />
      <span>{t("messages.scanning", { done: formatNumber(job.done), total: formatNumber(job.total) })}</span>
      <Button size="sm" variant="ghost" icon="stop" onClick={() => cancel.mutate({ job: id })}>
        {t("messages.stopScan")}
      </Button>
    </div>
  );
}
