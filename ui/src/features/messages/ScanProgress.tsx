import { useTranslation } from "react-i18next";
import type { JobId } from "@/contract";
import { Button } from "@/components/button";
import { formatNumber } from "@/i18n";
import { useCommand, useJob } from "@/live";
import styles from "./MessagesPane.module.css";

/** How far the scan that fills the view is, with a stop. */
export function ScanProgress({ job: id }: { job: JobId }) {
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
