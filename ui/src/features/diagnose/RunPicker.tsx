import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Select } from "@/components/fields";
import type { DiagnoseRun, DiagnoseStep, DiagnoseSummary } from "@/contract";
import { formatMoment } from "@/i18n";
import styles from "./Diagnose.module.css";
import type { Diagnose } from "./useDiagnose";

/** The kept runs to choose from, and what is other than in the run before. */
export function RunPicker({ diagnose: { runs, earlier, show }, run, changed }: { diagnose: Diagnose; run: DiagnoseRun; changed: number }) {
  const { t } = useTranslation();
  if (runs === null || runs.length < 2) return null;
  const steps = run.report.steps.map(({ step }) => step);
  return (
    <div className={styles.picker}>
      <Select
        size="sm"
        aria-label={t("diagnose.run")}
        value={run.id}
        options={runs.map((one) => ({ value: one.id, label: t("diagnose.runAt", { time: momentOf(one.started), result: outcomeWords(t, one, steps) }) }))}
        onChange={show}
      />
      {earlier !== null && !run.running && (
        <p className={styles.quiet}>{changed === 0 ? t("diagnose.sameAsBefore") : t("diagnose.changes", { count: changed })}</p>
      )}
    </div>
  );
}

const momentOf = (micros: number) => formatMoment(Math.floor(micros / 1_000_000)).local;

function outcomeWords(t: TFunction, { running, cancelled, failed }: DiagnoseSummary, steps: readonly DiagnoseStep[]): string {
  if (running) return t("common.working");
  if (failed !== null) return t("diagnose.runFailed", { step: steps.indexOf(failed[0]) + 1 });
  return t(cancelled ? "diagnose.runCancelled" : "diagnose.runPassed");
}
