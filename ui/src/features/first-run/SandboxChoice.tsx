import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { errorText, Note } from "@/components/feedback";
import { Mark } from "@/components/icon";
import type { SandboxDevice } from "@/contract";
import { useCommand, useLiveQuery } from "@/live";
import { Choice } from "./Choice";
import styles from "./FirstRun.module.css";
import type { SandboxStart } from "./useSandboxStart";
import { wavePoints } from "./waves";

/** What each simulated device does, in words. */
const DEVICE_WORDS = {
  "thermo-a": "firstRun.device.thermo-a",
  "thermo-b": "firstRun.device.thermo-b",
  "door-1": "firstRun.device.door-1",
  "pump-1": "firstRun.device.pump-1",
  "faulty-1": "firstRun.device.faulty-1",
} as const;

const WIDTH = 64;
const HEIGHT = 10;

/** The sandbox: five simulated devices, one button. */
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
          <Button icon={running ? "arrow-right" : "play"} busy={start.busy} onClick={start.run}>
            {t(start.busy ? "firstRun.starting" : running ? "firstRun.open" : "firstRun.start")}
          </Button>
        </span>
      }
    >
      {failure !== null && <StartFailure error={failure} />}
      <ul className={styles.devices}>
        {(data?.devices ?? []).map((device) => (
          <Simulated key={device.id} device={device} running={running} />
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

function Simulated({ device, running }: { device: SandboxDevice; running: boolean }) {
  const { t } = useTranslation();
  const words = Object.hasOwn(DEVICE_WORDS, device.id) ? DEVICE_WORDS[device.id as keyof typeof DEVICE_WORDS] : "firstRun.simulated";
  return (
    <li className={styles.device}>
      <Mark state={running ? "online" : "idle"} />
      <span className="mono">{device.id}</span>
      <span className={styles.deviceText}>{t(words)}</span>
      <svg className={cx(styles.wave, device.faulty && styles.faulty)} width={WIDTH} height={HEIGHT + 2} viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} aria-hidden="true">
        <polyline points={wavePoints(device.id, WIDTH, HEIGHT)} />
      </svg>
    </li>
  );
}
