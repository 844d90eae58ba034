import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/components/actions";
import { Button } from "@/components/button";
import { EmptyState, errorText, ErrorState, LoadingState, Note } from "@/components/feedback";
import { Dialog } from "@/components/overlay";
import { VisibleText, visibleString } from "@/components/text";
import type { Device, DiagnoseRun, DiagnoseRunId, DiagnoseStep, Hub } from "@/contract";
import { changesOf } from "./compare";
import { ConnectOnce } from "./ConnectOnce";
import styles from "./Diagnose.module.css";
import type { FormFix } from "./Fixes";
import { currentOf, failureOf, restWords, resultWords, sentOf, stepName } from "./outcome";
import { RunPicker } from "./RunPicker";
import { StepDetail } from "./StepDetail";
import { StepList } from "./StepList";
import { useDiagnose, type Diagnose } from "./useDiagnose";

interface DiagnoseDialogProps {
  device: Device;
  hub: Hub;
  /** Begins a run by itself. */
  atOnce: boolean;
  /** Opens the form in which it is mended. */
  onForm: (fix: FormFix) => void;
  onClose: () => void;
}

/** Why a device does not connect: ten steps, the one that failed explained, and what mends it. */
export function DiagnoseDialog({ device, hub, atOnce, onForm, onClose }: DiagnoseDialogProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const diagnose = useDiagnose(device.id, atOnce);
  const steps = useRef<HTMLDivElement>(null);
  const { run } = diagnose;
  const endpoint = run?.report.endpoint ?? "";

  function onKeyDown(event: KeyboardEvent) {
    if (diagnose.busy || !keys.is(event, "runDiagnoseAgain")) return;
    event.preventDefault();
    diagnose.start();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      width="full"
      icon="stethoscope"
      title={t("diagnose.title", { name: visibleString(device.name) })}
      initialFocus={steps}
      header={
        <>
          <span className={styles.endpoint}>
            <VisibleText text={endpoint === "" ? "" : t("diagnose.endpoint", { endpoint, transport: t(`connection.long.${hub.transport}`) })} />
          </span>
          <Result diagnose={diagnose} />
          <RunButton diagnose={diagnose} keys={keys.name("runDiagnoseAgain")} />
        </>
      }
      footer={<Footer run={run} device={device} hub={hub} onConnected={onClose} />}
    >
      {/* The listbox and the buttons inside hear their own keys first. */}
      <div ref={steps} tabIndex={-1} role="presentation" className={styles.body} onKeyDown={onKeyDown}>
        {diagnose.error !== null && <StartFailure error={diagnose.error} />}
        <Body diagnose={diagnose} hub={hub} onForm={onForm} />
      </div>
    </Dialog>
  );
}

/** How the run came out, or where it is. */
function Result({ diagnose: { run, busy } }: { diagnose: Diagnose }) {
  const { t } = useTranslation();
  const current = run === null ? null : currentOf(run);
  const step = current === null ? undefined : run?.report.steps[current - 1];
  let words = "";
  if (run !== null && current !== null && step !== undefined) {
    words = t("diagnose.running", { step: current, total: run.report.steps.length, name: stepName(t, step.step, run.report.endpoint) });
  } else if (busy) words = t("diagnose.starting");
  else if (run !== null) words = resultWords(t, run.report);
  return (
    <span className={styles.result} role="status">
      {words}
    </span>
  );
}

function RunButton({ diagnose, keys }: { diagnose: Diagnose; keys: string | undefined }) {
  const { t } = useTranslation();
  if (diagnose.stop !== null) {
    return (
      <Button size="sm" icon="stop" onClick={diagnose.stop}>
        {t("diagnose.stop")}
      </Button>
    );
  }
  return (
    <Button size="sm" icon="refresh" keys={keys} busy={diagnose.busy} onClick={diagnose.start}>
      {t("diagnose.runAgain")}
    </Button>
  );
}

function Body({ diagnose, hub, onForm }: { diagnose: Diagnose; hub: Hub; onForm: (fix: FormFix) => void }): ReactNode {
  const { t } = useTranslation();
  const { run, runs, busy, listError } = diagnose;
  if (run !== null) return <Run diagnose={diagnose} run={run} hub={hub} onForm={onForm} />;
  if (listError !== null) return <ErrorState error={listError} title={t("diagnose.notLoaded")} onRetry={diagnose.retry} />;
  if (busy || runs === null || runs.length > 0) return <LoadingState title={busy ? t("diagnose.starting") : undefined} />;
  return (
    <EmptyState
      icon="stethoscope"
      title={t("diagnose.never")}
      text={t("diagnose.neverText")}
      action={
        <Button variant="primary" icon="play" onClick={diagnose.start}>
          {t("diagnose.start")}
        </Button>
      }
    />
  );
}

function StartFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint } = errorText(t, error);
  return (
    <Note tone="bad" title={t("diagnose.notRun")}>
      {sentence} {hint}
    </Note>
  );
}

/** The steps of a run at the left, the chosen one explained at the right. */
function Run({ diagnose, run, hub, onForm }: { diagnose: Diagnose; run: DiagnoseRun; hub: Hub; onForm: (fix: FormFix) => void }) {
  const [picked, setPicked] = useState<{ run: DiagnoseRunId; step: DiagnoseStep } | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { report } = run;
  const current = currentOf(run);
  const { earlier } = diagnose;
  const changes = earlier === null || run.running ? new Map<DiagnoseStep, never>() : changesOf(report, earlier.report);
  // Until something else is chosen: what runs, what failed first, and else the proof at the end.
  const byItself = current === null ? failureOf(report)?.step : report.steps[current - 1];
  const wanted = picked?.run === run.id ? picked.step : null;
  const step = report.steps.find((each) => each.step === wanted) ?? byItself ?? report.steps.at(-1);

  // The dialog opened before there was a list to begin in; and what was pressed to mend a step goes with the run.
  useEffect(() => {
    const active = document.activeElement;
    const lost = active === document.body || active === list.current?.parentElement || (active?.closest("[data-detail]") ?? null) !== null;
    if (lost) list.current?.querySelector<HTMLElement>("[role=listbox]")?.focus();
  }, [run.id]);

  if (step === undefined) return null;
  return (
    <div ref={list} className={styles.run}>
      <div className={styles.left}>
        <StepList report={report} current={current} selected={step.step} changes={changes} onSelect={(next) => setPicked({ run: run.id, step: next })} />
        <RunPicker diagnose={diagnose} run={run} changed={changes.size} />
      </div>
      <StepDetail
        report={report}
        step={step}
        runs={current !== null && report.steps[current - 1] === step}
        hub={hub}
        run={run.id}
        busy={diagnose.busy}
        onForm={onForm}
        onRunAgain={diagnose.start}
      />
    </div>
  );
}

/** Where trust, and nothing else, is what failed. */
const OF_TRUST: readonly DiagnoseStep[] = ["server_chain", "host_name"];

/** What was sent, and the way that is not recommended. */
function Footer({ run, device, hub, onConnected }: { run: DiagnoseRun | null; device: Device; hub: Hub; onConnected: () => void }) {
  const { t } = useTranslation();
  if (run === null) return <span className={styles.sent}>{t("diagnose.sent.nothing")}</span>;
  const { report } = run;
  const failed = failureOf(report);
  const once = !run.running && failed !== null && OF_TRUST.includes(failed.step.step) && !hub.sandbox;
  const rest = run.running ? null : restWords(t, report);
  return (
    <>
      <span className={styles.sent}>
        {rest} {t(`diagnose.sent.${sentOf(report)}`)}
      </span>
      {once && <ConnectOnce device={device} endpoint={report.endpoint} onConnected={onConnected} />}
    </>
  );
}
