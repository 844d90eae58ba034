import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { renderText } from "@/i18n";
import styles from "./Diagnose.module.css";
import { Evidence } from "./Evidence";
import { Fixes, type FixesProps } from "./Fixes";
import { failureOf } from "./outcome";
import { Said } from "./Said";
import { STATE_ICONS } from "./StepList";

interface StepDetailProps extends FixesProps {
  /** This step is what the run is at. */
  runs: boolean;
}

/** One step explained: what happened, what to compare, what mends it, and what the libraries said. */
export function StepDetail({ report, step, runs, ...fixes }: StepDetailProps) {
  const { t } = useTranslation();
  const { state, cause } = step;
  const tone = state === "ok" && cause !== null ? "warns" : state;
  const name = t(`diagnose.step.${step.step}`);

  function title(): string {
    if (runs) return name;
    if (cause !== null) return t(`diagnose.cause.${cause}`);
    switch (state) {
      case "ok":
        return t(`diagnose.done.${step.step}`);
      case "failed":
        return name;
      case "not_reached":
        return t("diagnose.notReached");
      case "not_needed":
        return t("diagnose.notNeeded");
    }
  }

  /** null: what was seen says it. */
  function text(): string | null {
    if (runs) return t("common.working");
    if (step.explanation !== null) return renderText(step.explanation);
    if (state !== "not_reached") return step.evidence === null ? renderText(step.summary) : null;
    const failed = failureOf(report);
    return failed === null ? t("diagnose.notReachedStopped") : t("diagnose.notReachedText", { step: failed.number });
  }

  const words = text();
  return (
    <section className={styles.detail} aria-label={name} data-detail="">
      <h3 className={styles.cause}>
        {!runs && <Icon name={tone === "warns" ? "warning" : STATE_ICONS[state]} className={cx(styles.causeIcon, styles[tone])} />}
        {title()}
      </h3>
      {words !== null && (
        <p className={styles.explanation}>
          <VisibleText text={words} />
        </p>
      )}
      <Evidence step={step} />
      <Fixes key={`${step.step}-${report.started}`} report={report} step={step} {...fixes} />
      {step.said.length > 0 && <Said step={step} />}
    </section>
  );
}
