import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, Mark } from "@/components/icon";
import { formatBytes, formatNumber } from "@/i18n";
import { Cell, Facts, Figure } from "./Cell";
import { MemoryCell, RateCell } from "./Gauges";
import styles from "./StatusBar.module.css";
import { useSampledCounters } from "./useSampled";
import { VaultCell } from "./VaultCell";

const COUNTERS_MS = 250;

/** The bar across the bottom: what was received and what became of it. `onSettings`: this window has the settings. */
export function StatusBar({ onSettings }: { onSettings?: () => void }) {
  const { t } = useTranslation();
  const counters = useSampledCounters(COUNTERS_MS);
  const { received, sent, kept, evicted, dropped, stored, bytes, online } = counters;
  const [droppedSeen, setDroppedSeen] = useState(0);
  const sum: [string, string][] = [
    [t("status.received"), formatNumber(received)],
    [t("status.sent"), formatNumber(sent)],
    [t("status.kept"), formatNumber(kept)],
    [t("status.evicted"), formatNumber(evicted)],
    [t("status.dropped"), formatNumber(dropped)],
    [t("status.bytes"), formatBytes(bytes)],
  ];
  const messages = (
    <>
      <p>{t("status.sum")}</p>
      <Facts facts={sum} />
    </>
  );

  return (
    <footer className={styles.bar} aria-label={t("status.bar")} data-pane="">
      <Cell
        title={t("status.sessions")}
        face={
          <>
            <Mark state={online > 0 ? "online" : "idle"} />
            <span className={styles.number}>{t("status.connected", { count: online })}</span>
          </>
        }
      >
        <p>{online === 0 ? t("status.noSessionsText") : t("status.sessionsText", { count: online })}</p>
      </Cell>
      <Cell title={t("status.messages")} face={<Figure word={t("status.received")} value={formatNumber(received)} />}>
        {messages}
      </Cell>
      <Cell title={t("status.messages")} face={<Figure word={t("status.sent")} value={formatNumber(sent)} />}>
        {messages}
      </Cell>
      <Cell title={t("status.messages")} face={<Figure word={t("status.kept")} value={formatNumber(kept)} />}>
        {messages}
        <p>{t("status.keptText")}</p>
      </Cell>
      <Cell
        title={t("status.recording")}
        face={stored === null ? <span className={styles.word}>{t("status.notRecording")}</span> : <Figure word={t("status.stored")} value={formatNumber(stored)} />}
      >
        <p>{t(stored === null ? "status.notRecordingText" : "status.recordingText")}</p>
      </Cell>
      <Cell
        title={t("status.droppedTitle")}
        tone={dropped > droppedSeen ? "bad" : "plain"}
        onOpen={() => setDroppedSeen(dropped)}
        face={
          <>
            {dropped > droppedSeen && <Icon name="warning" size={13} />}
            <Figure word={t("status.dropped")} value={formatNumber(dropped)} />
          </>
        }
      >
        <p>{dropped === 0 ? t("status.droppedNone") : t("status.droppedSome", { count: dropped })}</p>
      </Cell>
      <span className={styles.rest} />
      <RateCell />
      <MemoryCell />
      <VaultCell onSettings={onSettings} />
    </footer>
  );
}
