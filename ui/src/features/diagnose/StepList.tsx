import { useId, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DiagnoseReport, DiagnoseStep, StepReport, StepState } from "@/contract";
import { cx } from "@/components/cx";
import { Icon, Spinner, type IconName } from "@/components/icon";
import { VisibleText, visibleString } from "@/components/text";
import { renderText } from "@/i18n";
import styles from "./Diagnose.module.css";
import { millisWords, stepName } from "./outcome";

export const STATE_ICONS: Record<StepState, IconName> = { ok: "check-circle", failed: "error", not_reached: "minus", not_needed: "minus" };

interface StepListProps {
  report: DiagnoseReport;
  /** The number of the step that runs. */
  current: number | null;
  selected: DiagnoseStep;
  /** What steps were in the run that this one is compared with. */
  changes: ReadonlyMap<DiagnoseStep, StepReport>;
  onSelect: (step: DiagnoseStep) => void;
}

/** The ten steps as a listbox: one tab stop, arrows go through them. */
export function StepList({ report, current, selected, changes, onSelect }: StepListProps) {
  const { t } = useTranslation();
  const id = useId();
  const at = report.steps.findIndex(({ step }) => step === selected);

  function onKeyDown(event: KeyboardEvent) {
    const last = report.steps.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    const step = to === undefined ? undefined : report.steps[Math.min(last, Math.max(0, to))];
    if (step === undefined) return;
    event.preventDefault();
    onSelect(step.step);
    document.getElementById(`${id}-${step.step}`)?.scrollIntoView?.({ block: "nearest" });
  }

  return (
    <div className={styles.steps} role="listbox" tabIndex={0} aria-label={t("diagnose.steps")} aria-activedescendant={`${id}-${selected}`} onKeyDown={onKeyDown} data-steps="">
      {report.steps.map((step, place) => (
        <Step
          key={step.step}
          id={`${id}-${step.step}`}
          step={step}
          number={place + 1}
          name={stepName(t, step.step, report.endpoint)}
          runs={current === place + 1}
          before={changes.get(step.step)}
          selected={step.step === selected}
          onSelect={() => onSelect(step.step)}
        />
      ))}
    </div>
  );
}

interface StepProps {
  id: string;
  step: StepReport;
  number: number;
  name: string;
  runs: boolean;
  before: StepReport | undefined;
  selected: boolean;
  onSelect: () => void;
}

function Step({ id, step, number, name, runs, before, selected, onSelect }: StepProps) {
  const { t } = useTranslation();
  const { state, micros } = step;
  const warns = state === "ok" && step.cause !== null;
  const summary = runs ? t("common.working") : summaryOf();
  const time = micros === null ? null : millisWords(t, micros);
  const was = before === undefined ? null : t("diagnose.was", { what: wasWords() });
  const word = runs ? t("common.working") : t(`diagnose.state.${state}`);
  // As it stands there, for who speaks what is seen; then the state, where the summary is not the same word.
  const said = [String(number), name, time, visibleString(summary), was, summary === word ? null : word].filter((part) => part !== null);

  function summaryOf(): string {
    if (state === "not_reached") return t("diagnose.state.not_reached");
    const words = renderText(step.summary);
    return words === "" ? t(`diagnose.state.${state}`) : words;
  }

  function wasWords(): string {
    const words = before === undefined || before.state === "not_reached" ? "" : renderText(before.summary);
    return words === "" ? t(`diagnose.state.${before?.state ?? "not_reached"}`) : words;
  }

  return (
    // The listbox takes the keys.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div id={id} role="option" aria-selected={selected} aria-label={said.join(", ")} className={cx(styles.step, selected && styles.chosen)} data-state={runs ? "runs" : warns ? "warns" : state} onClick={onSelect}>
      <span className={styles.number}>{number}</span>{" "}
      <span className={styles.mark}>{runs ? <Spinner size={14} /> : <Icon name={warns ? "warning" : STATE_ICONS[state]} />}</span>{" "}
      <span className={styles.stepName}>{name}</span> <span className={styles.time}>{time}</span>{" "}
      <span className={styles.summary}>
        <VisibleText text={summary} />
      </span>{" "}
      {was !== null && (
        <span className={styles.was}>
          <Icon name="swap" size={11} />
          <VisibleText text={was} />
        </span>
      )}
    </div>
  );
}
