import { useState } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import type { IconName } from "@/components/icon";
import { visibleString } from "@/components/text";
import type { DiagnoseFix, DiagnoseReport, FileHandle, Hub, StepReport } from "@/contract";
import { useCommand } from "@/live";
import { chooseFile, usePlatform } from "@/platform";
import { CopyReport } from "./CopyReport";
import styles from "./Diagnose.module.css";
import { TrustDialog, type Asked } from "./TrustDialog";

/** Fixes that are made in the hub's or the device's form. */
export type FormFix = Exclude<DiagnoseFix, { fix: "trust_ca" | "pin_leaf" | "choose_ca_file" | "set_clock" | "sign_in" | "run_again" }>;

export interface FixesProps {
  report: DiagnoseReport;
  step: StepReport;
  hub: Hub;
  run: string;
  busy: boolean;
  /** Opens the form where it is mended. */
  onForm: (fix: FormFix) => void;
  onRunAgain: () => void;
}

const ICONS: Record<DiagnoseFix["fix"], IconName> = {
  trust_ca: "shield-check",
  pin_leaf: "pin",
  choose_ca_file: "file",
  enter_host: "edit",
  change_port: "edit",
  use_web_socket: "swap",
  change_path: "edit",
  change_proxy: "edit",
  turn_tls_on: "lock",
  turn_tls_off: "lock",
  set_clock: "clock",
  edit_credential: "key",
  choose_client_certificate: "certificate",
  change_client_id: "edit",
  change_version: "swap",
  sign_in: "info",
  run_again: "refresh",
};

/** What mends a step, the best first, and the report to copy. */
export function Fixes({ report, step, hub, run, busy, onForm, onRunAgain }: FixesProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const add = useCommand("trust.add");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [howTo, setHowTo] = useState<"set_clock" | "sign_in" | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const scope = step.fixes.some(({ fix }) => fix === "trust_ca" || fix === "pin_leaf");

  function ask(fix: "trust_ca" | "pin_leaf", sha256: string) {
    // The step of the host name asks for a certificate of the chain, too.
    const shown = report.steps
      .flatMap(({ evidence }) => (evidence?.seen === "chain" ? evidence.certificates : []))
      .find(({ certificate }) => certificate.sha256 === sha256);
    if (shown !== undefined) setAsked({ how: fix === "trust_ca" ? "ca" : "pin_leaf", shown });
  }

  /** Whoever chooses a file has said whom to trust. */
  function trustFile(handle: FileHandle) {
    add.mutate({ hub: hub.id, how: "ca", from: { from: "file", handle } }, { onSuccess: onRunAgain, onError: setFailure });
  }

  function mend(fix: DiagnoseFix) {
    setFailure(null);
    switch (fix.fix) {
      case "trust_ca":
      case "pin_leaf":
        ask(fix.fix, fix.sha256);
        break;
      case "choose_ca_file":
        chooseFile(platform, "ca_certificate").then((file) => file !== null && trustFile(file.handle), setFailure);
        break;
      case "set_clock":
      case "sign_in":
        setHowTo(howTo === fix.fix ? null : fix.fix);
        break;
      case "run_again":
        onRunAgain();
        break;
      default:
        onForm(fix);
    }
  }

  return (
    <div className={styles.mends}>
      <div className={styles.fixes} role="group" aria-label={t("diagnose.fixes")}>
        {step.fixes.map((fix, place) => (
          <Button
            key={fix.fix}
            variant={place === 0 ? "primary" : "default"}
            icon={ICONS[fix.fix]}
            disabled={busy}
            busy={fix.fix === "choose_ca_file" && add.isPending}
            aria-expanded={fix.fix === "set_clock" || fix.fix === "sign_in" ? howTo === fix.fix : undefined}
            onClick={() => mend(fix)}
          >
            {fixWords(t, fix)}
          </Button>
        ))}
        <CopyReport run={run} />
      </div>
      {scope && <p className={styles.quiet}>{t("trust.ask.scope", { hub: visibleString(hub.name) })}</p>}
      {howTo !== null && <Note tone="info">{t(`diagnose.howTo.${howTo}`)}</Note>}
      {failure !== null && <Failure error={failure} />}
      {asked !== null && (
        <TrustDialog
          hub={hub}
          asked={asked}
          onClose={() => setAsked(null)}
          onTrusted={() => {
            setAsked(null);
            onRunAgain();
          }}
        />
      )}
    </div>
  );
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint } = errorText(t, error);
  return (
    <Note tone="bad" title={sentence}>
      {hint}
    </Note>
  );
}

function fixWords(t: TFunction, fix: DiagnoseFix): string {
  switch (fix.fix) {
    case "enter_host":
      return fix.host === null ? t("diagnose.fix.enter_host") : t("diagnose.useHost", { host: visibleString(fix.host) });
    case "use_web_socket":
      return t("diagnose.fix.use_web_socket", { port: fix.port });
    case "change_version":
      return t("diagnose.fix.change_version", { version: fix.version });
    default:
      return t(`diagnose.fix.${fix.fix}`);
  }
}
