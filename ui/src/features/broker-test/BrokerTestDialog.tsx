import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BrokerReport, Device, Hub, Job, JobId, LastBrokerReport } from "@/contract";
import { Button } from "@/components/button";
import { ErrorState, Note } from "@/components/feedback";
import { Field, TextInput } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import { VisibleText } from "@/components/text";
import { useToasts } from "@/components/toast";
import { useJob } from "@/live";
import { usePlatform } from "@/platform";
import { formatTime } from "@/i18n";
import table from "@/styles/table.module.css";
import styles from "./BrokerTest.module.css";
import { tableOf, textOf, wordsOf } from "./result";

interface BrokerTestDialogProps {
  device: Device;
  hub: Hub;
  onClose: () => void;
}

/** Says what the test does, runs it, and shows what it found last. */
export function BrokerTestDialog({ device, hub, onClose }: BrokerTestDialogProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [prefix, setPrefix] = useState("hubscope-test");
  const [id, setId] = useState<JobId | null>(null);
  const [last, setLast] = useState<LastBrokerReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const job = useJob(id);
  const running = id !== null && (job === null || job.state.state === "running");
  const bad = prefix === "" || prefix.startsWith("$") || /[#+]/.test(prefix);

  useEffect(() => {
    if (running) return;
    platform.call("broker_test.last", { hub: hub.id }).then(setLast, setError);
  }, [platform, hub.id, running]);

  const report = last?.report ?? null;

  function start() {
    if (bad || running) return;
    setError(null);
    platform.call("broker_test.start", { device: device.id, prefix }).then((started) => setId(started.job), setError);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("brokerTest.title")}
      width="wide"
      onConfirm={start}
      footer={
        <>
          {report !== null && <CopyReport report={report} />}
          {running ? (
            <Button onClick={() => void platform.call("job.cancel", { job: id }).catch(setError)}>{t("brokerTest.stop")}</Button>
          ) : (
            <Button variant="primary" disabled={bad} onClick={start}>
              {t(report === null ? "brokerTest.start" : "brokerTest.again")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body}>
        <p>{t("brokerTest.intro", { endpoint: `${hub.host}:${hub.port}`, name: device.name })}</p>
        <p className={styles.aside}>{t("brokerTest.ask")}</p>
        <Field label={t("brokerTest.prefix")} problem={bad ? "not_a_topic" : null}>
          <TextInput value={prefix} onChange={setPrefix} disabled={running} mono />
        </Field>
        {running && job !== null && <Progress job={job} />}
        {error !== null && <ErrorState error={error} />}
        {last !== null && <Report report={report} />}
      </div>
    </Dialog>
  );
}

function Progress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const step = t(`brokerTest.feature.${job.phase}` as "brokerTest.feature.connect");
  return (
    <div role="status">
      <progress className={styles.progress} value={job.done} max={job.total} aria-label={t("brokerTest.title")} />
      {t("brokerTest.running", { done: job.done + 1, total: job.total, step })}
    </div>
  );
}

function CopyReport({ report }: { report: BrokerReport }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  function copy() {
    navigator.clipboard
      .writeText(textOf(t, report))
      .then(() => toasts.show({ tone: "ok", title: t("brokerTest.copied") }))
      .catch(() => toasts.show({ tone: "bad", title: t("brokerTest.notCopied") }));
  }
  return (
    <Button icon="copy" onClick={copy}>
      {t("brokerTest.copy")}
    </Button>
  );
}

function Report({ report }: { report: BrokerReport | null }) {
  const { t } = useTranslation();
  if (report === null) return <p className={styles.aside}>{t("brokerTest.none")}</p>;
  const cell = (feature: Parameters<typeof wordsOf>[1], result: Parameters<typeof wordsOf>[2] | undefined) => (
    <td className={result?.is === "fails" ? styles.fails : undefined}>{result !== undefined && <VisibleText text={wordsOf(t, feature, result)} />}</td>
  );
  return (
    <>
      <p className={styles.aside}>
        {t("brokerTest.ended", { time: formatTime(report.ended), prefix: report.prefix })} {report.cancelled && t("brokerTest.stopped")}
      </p>
      {report.left_behind.length > 0 && <Note tone="warn">{t("brokerTest.left", { topics: report.left_behind.join(", ") })}</Note>}
      <table className={table.table} aria-label={t("brokerTest.table")}>
        <thead>
          <tr>
            <th scope="col">{t("brokerTest.what")}</th>
            <th scope="col">{t("session.protocol", { version: "3.1.1" })}</th>
            <th scope="col">{t("session.protocol", { version: "5" })}</th>
          </tr>
        </thead>
        <tbody>
          {tableOf(report).map(({ feature, found }) => (
            <tr key={feature}>
              <th scope="row">{t(`brokerTest.feature.${feature}`)}</th>
              {cell(feature, found.get("3.1.1"))}
              {cell(feature, found.get("5"))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
