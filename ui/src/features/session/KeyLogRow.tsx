import { useTranslation } from "react-i18next";
import type { Device } from "@/contract";
import { Button } from "@/components/button";
import { Note } from "@/components/feedback";
import { Pill } from "@/components/text";
import { useWelcome } from "@/live";
import styles from "./Session.module.css";
import { useKeyLog } from "./use-key-log";

/** Turns the TLS key log on and off, and says in red that it is on. */
export function KeyLogRow({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { shell } = useWelcome();
  const { log, start, stop } = useKeyLog(device);
  if (log === null) {
    return (
      <Button size="sm" variant="ghost" icon="key" reason={shell === "desktop" ? null : t("keyLog.desktopOnly")} onClick={start}>
        {t("keyLog.start")}
      </Button>
    );
  }
  const file = log.file_name;
  return (
    <div className={styles.keyLog}>
      <Note tone="bad" icon="key" title={t("keyLog.on")}>
        {t(log.failed ? "keyLog.failed" : "keyLog.onText", { file })}
      </Note>
      <Button size="sm" variant="danger" onClick={stop}>
        {t("keyLog.stop")}
      </Button>
    </div>
  );
}

/** The mark beside a device whose TLS keys are written. */
export function KeyLogMark({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { log } = useKeyLog(device);
  return log === null ? null : (
    <Pill tone="bad" icon="key">
      {t("keyLog.on")}
    </Pill>
  );
}
