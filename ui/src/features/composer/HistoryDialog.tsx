import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { EmptyState, errorText, LoadingState, Note } from "@/components/feedback";
import { Dialog } from "@/components/overlay";
import { useUndo } from "@/components/toast";
import { VisibleText, visibleString } from "@/components/text";
import type { Device, HistoryEntry } from "@/contract";
import { formatBytes, formatMoment, formatTime } from "@/i18n";
import { useCommand, useLiveQuery } from "@/live";
import styles from "./Composer.module.css";

/** Characters of a payload that a row shows. */
const SHOWN = 200;

interface HistoryDialogProps {
  device: Device;
  /** Why nothing can be published now. */
  reason: string | null;
  onLoad: (entry: HistoryEntry) => void;
  onAgain: (entry: HistoryEntry) => void;
  onClose: () => void;
}

/** What a device published, the latest first: to be loaded into the composer, or published once more. */
export function HistoryDialog({ device, reason, onLoad, onAgain, onClose }: HistoryDialogProps) {
  const { t } = useTranslation();
  const undo = useUndo();
  const { data, error } = useLiveQuery("history.list", { device: device.id });
  const clear = useCommand("history.clear");
  const entries = data?.entries ?? [];

  function clearAll() {
    clear.mutate({ device: device.id }, { onSuccess: (done) => undo.offer(done, { title: t("composer.history.cleared"), text: visibleString(device.name) }) });
  }

  return (
    <Dialog
      open
      width="wide"
      icon="clock"
      title={t("composer.history.title", { name: visibleString(device.name) })}
      onClose={onClose}
      footer={
        <>
          <Button icon="trash" busy={clear.isPending} reason={entries.length === 0 ? t("composer.history.none") : null} onClick={clearAll}>
            {t("composer.history.clear")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      {(error ?? clear.error) !== null && <Note tone="bad">{errorText(t, error ?? clear.error).sentence}</Note>}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && entries.length === 0 && <EmptyState icon="clock" title={t("composer.history.none")} text={t("composer.history.noneText")} />}
      <ul className={styles.history} aria-label={t("composer.history.list")}>
        {entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} reason={reason} onLoad={onLoad} onAgain={onAgain} />
        ))}
      </ul>
    </Dialog>
  );
}

function HistoryRow({ entry, reason, onLoad, onAgain }: { entry: HistoryEntry } & Pick<HistoryDialogProps, "reason" | "onLoad" | "onAgain">) {
  const { t } = useTranslation();
  const { time, draft, size, kept } = entry.publish;
  const { payload } = draft;
  const moment = formatMoment(Math.floor(time / 1_000_000));
  const shown = !kept ? t("composer.history.notKept") : payload.encoding === "text" ? payload.text.slice(0, SHOWN).replace(/\s+/g, " ") : t("composer.binary");
  const again = !kept ? t("composer.history.notKept") : reason;
  return (
    <li className={styles.historyItem}>
      <button type="button" className={styles.historyLoad} onClick={() => onLoad(entry)}>
        <span className={styles.historyTime} title={`${moment.local} · ${moment.utc} UTC`}>
          {formatTime(time)}
        </span>
        <VisibleText text={draft.topic} className={styles.historyTopic} />
        <span className={styles.historyAbout}>
          {t("composer.history.about", { size: formatBytes(size), qos: draft.qos })}
          {draft.retain && <> {t("composer.history.retained")}</>}
        </span>
        <VisibleText text={shown} className={styles.historyPayload} />
      </button>
      <IconButton icon="refresh" size="sm" label={again ?? t("composer.history.again")} disabled={again !== null} onClick={() => onAgain(entry)} />
    </li>
  );
}
