import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { useToasts } from "@/components/toast";
import type { Job, JobId, JobKind } from "@/contract";
import { formatNumber } from "@/i18n";
import { useCommand, useEpoch, useJob } from "@/live";
import { usePlatform } from "@/platform";
import styles from "./List.module.css";

const WHAT = { certificate_issue: "issue", certificate_renewal: "renew" } as const satisfies Partial<Record<JobKind, string>>;

const isOurs = ({ kind }: Job): boolean => kind in WHAT;

interface JobNoteProps {
  /** The job that was started last here. */
  job: JobId | null;
}

/** How far certificates are that are being made, with Stop. One that was started before the page was left is found again. */
export function JobNote({ job: started }: JobNoteProps) {
  const platform = usePlatform();
  const epoch = useEpoch();
  const [found, setFound] = useState<JobId | null>(null);

  useEffect(() => {
    let left = false;
    platform.call("job.list", {}).then(
      ({ jobs }) => !left && setFound(jobs.find((job) => isOurs(job) && job.state.state === "running")?.id ?? null),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [platform, epoch]);

  const id = started ?? found;
  return id === null ? null : <Watched key={id} id={id} />;
}

function Watched({ id }: { id: JobId }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const job = useJob(id);
  const cancel = useCommand("job.cancel");
  const [closed, setClosed] = useState(false);
  const what = job?.kind === "certificate_renewal" ? "renew" : "issue";
  const state = job?.state.state ?? "running";
  const total = job?.total ?? 0;
  // Another language is no news.
  const told = useRef(false);

  useEffect(() => {
    if (told.current) return;
    told.current = state === "done" || state === "cancelled";
    if (state === "done") toasts.show({ tone: "ok", title: t(`certificates.job.${what}.done`, { count: total, number: formatNumber(total) }) });
    if (state === "cancelled") toasts.show({ tone: "neutral", icon: "stop", title: t("certificates.job.stopped"), text: t("certificates.job.nothing") });
  }, [state, total, what, toasts, t]);

  if (closed || state === "done" || state === "cancelled") return null;
  if (job?.state.state === "failed") {
    const { sentence, hint } = errorText(t, job.state.error);
    return (
      <div className={styles.banner}>
        <Note tone="bad" title={t("certificates.job.failed")} action={<Button size="sm" variant="ghost" onClick={() => setClosed(true)}>{t("common.dismiss")}</Button>}>
          {sentence} {hint}
        </Note>
      </div>
    );
  }
  return (
    <div role="status" className={styles.job}>
      <Icon name="certificate" size={14} />
      <span className={styles.jobText}>
        {t(`certificates.job.${what}.title`)}
        <progress value={total === 0 ? undefined : (job?.done ?? 0)} max={total === 0 ? undefined : total} aria-label={t(`certificates.job.${what}.title`)} />
      </span>
      <span className={styles.total}>{total > 0 && t("certificates.job.progress", { done: formatNumber(job?.done ?? 0), total: formatNumber(total) })}</span>
      <Button size="sm" icon="stop" busy={cancel.isPending} onClick={() => cancel.mutate({ job: id })}>
        {t("certificates.job.stop")}
      </Button>
    </div>
  );
}
