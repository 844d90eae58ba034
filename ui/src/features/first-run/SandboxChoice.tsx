import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { errorText, Note } from "@/components/feedback";
import { Select } from "@/components/fields";
import { Mark } from "@/components/icon";
import type { Personality } from "@/contract";
import { useCommand, useLiveQuery } from "@/live";
import { Choice } from "./Choice";
import { SANDBOX_DEVICES, type SandboxDeviceName } from "./devices";
import styles from "./FirstRun.module.css";
import type { SandboxStart } from "./useSandboxStart";
import { wavePoints } from "./waves";

const PERSONALITIES: readonly Personality[] = ["broker", "azure", "thingsboard", "kaa"];

const WIDTH = 64;
const HEIGHT = 10;

/** The sandbox: what it plays, its simulated devices, one button. */
export function SandboxChoice({ start }: { start: SandboxStart }) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("sandbox.get", {});
  const running = data?.state.state === "running";
  const stop = useCommand("sandbox.stop");
  const failure = start.error ?? stop.error ?? null;
  return (
    <Choice
      icon="box"
      title={t("firstRun.sandbox")}
      text={t("firstRun.sandboxText")}
      keys="1"
      action={
        <span className={styles.actions}>
          {running && (
            <Button variant="ghost" icon="stop" busy={stop.isPending} onClick={() => stop.mutate({})}>
              {t("firstRun.stop")}
            </Button>
          )}
          {!running && (
            <Select
              aria-label={t("firstRun.personality")}
              value={start.personality}
              options={PERSONALITIES.map((value) => ({ value, label: t(`firstRun.personalities.${value}`) }))}
              onChange={start.choose}
            />
          )}
          <Button icon={running ? "arrow-right" : "play"} busy={start.busy} onClick={start.run}>
            {t(start.busy ? "firstRun.starting" : running ? "firstRun.open" : "firstRun.start")}
          </Button>
        </span>
      }
    >
      {failure !== null && <StartFailure error={failure} />}
      <ul className={styles.devices}>
        {SANDBOX_DEVICES[start.personality].map((id) => (
          <Simulated key={id} id={id} running={running} />
        ))}
      </ul>
    </Choice>
  );
}

function StartFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint } = errorText(t, error);
  return (
    <Note tone="bad" title={t("firstRun.notStarted")}>
      {sentence} {hint}
    </Note>
  );
}

function Simulated({ id, running }: { id: SandboxDeviceName; running: boolean }) {
  const { t } = useTranslation();
  const points = wavePoints(id, WIDTH, HEIGHT);
  return (
    <li className={styles.device}>
      <Mark state={running ? "online" : "idle"} />
      <span className="mono">{id}</span>
      <span className={styles.deviceText}>{t(`firstRun.device.${id}`)}</span>
      {points !== null && (
        <svg className={cx(styles.wave, id === "faulty-1" && styles.faulty)} width={WIDTH} height={HEIGHT + 2} viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} aria-hidden="true">
          <polyline points={points} />
        </svg>
      )}
    </li>
  );
}
