import type { DiagnoseReport, DiagnoseStep, StepReport } from "@/contract";
import { renderText } from "@/i18n";

/** Steps that came out otherwise than in an earlier run, each with what it was then. */
export function changesOf(report: DiagnoseReport, earlier: DiagnoseReport): ReadonlyMap<DiagnoseStep, StepReport> {
  const changed = new Map<DiagnoseStep, StepReport>();
  for (const step of report.steps) {
    const before = earlier.steps.find((each) => each.step === step.step);
    if (before !== undefined && markOf(step) !== markOf(before)) changed.set(step.step, before);
  }
  return changed;
}

/** What of a step is compared: never times, which differ by nature. */
function markOf({ state, cause, summary, evidence }: StepReport): string {
  const chain = evidence?.seen === "chain" ? evidence.certificates.map(({ certificate }) => certificate.sha256) : [];
  return JSON.stringify([state, cause, state === "not_reached" ? null : renderText(summary), chain]);
}
