import { useTranslation } from "react-i18next";
import type { Entry, Row } from "@/contract";
import { IconButton } from "@/components/button";
import { ErrorState, LoadingState } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { formatBytes, formatTime } from "@/i18n";
import type { ViewSource } from "@/live";
import shape from "@/styles/pane.module.css";
import type { MessageActions } from "../actions";
import { outcomeSentence } from "../outcome";
import styles from "./Inspector.module.css";
import { PayloadSection } from "./PayloadSection";
import { useEntry, useInView } from "./use-entry";

interface InspectorProps {
  row: Row;
  source: ViewSource;
  actions: MessageActions;
  onClose: () => void;
}

/** One message, whole: where and when, payload, properties. */
export function Inspector({ row, source, actions, onClose }: InspectorProps) {
  const { t } = useTranslation();
  const { entry, error } = useEntry(row.seq, source);
  const inView = useInView(row.seq, source);
  return (
    <aside className={shape.column} aria-label={t("messages.inspector.name")}>
      <header className={styles.header}>
        <span className={styles.time}>{formatTime(row.time, true)}</span>
        {!inView && <span className={styles.gone}>{t("messages.inspector.gone")}</span>}
        <span className={styles.space} />
        <IconButton icon="funnel" size="sm" label={t("messages.menu.onlyTopic")} keys="F" onClick={() => actions.onlyTopic(row)} />
        <IconButton icon="braces" size="sm" label={t("messages.menu.copyMessage")} keys="Ctrl Shift C" onClick={() => actions.copyMessage(row)} />
        <IconButton icon="close" size="sm" label={t("messages.inspector.close")} keys="Esc" onClick={onClose} />
      </header>
      {error !== null ? (
        <ErrorState error={error} title={t("messages.inspector.evicted")} />
      ) : entry === null ? (
        <LoadingState />
      ) : (
        <>
          <Facts entry={entry} onCopyTopic={() => actions.copyTopic(row)} />
          <PayloadSection entry={entry} onCopy={() => actions.copyPayload([row])} />
          <Properties entry={entry} />
        </>
      )}
    </aside>
  );
}

function Facts({ entry, onCopyTopic }: { entry: Entry; onCopyTopic: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.facts}>
      <p className={styles.topic}>
        <VisibleText text={entry.topic ?? ""} />
        <IconButton icon="copy" size="sm" label={t("messages.menu.copyTopic")} onClick={onCopyTopic} />
      </p>
      <p className={styles.line}>
        {entry.direction && (
          <span className={styles.direction}>
            <Icon name={entry.direction === "out" ? "arrow-up" : "arrow-down"} size={12} />
            {t(`messages.direction.${entry.direction}`)}
          </span>
        )}
        <span>{t("messages.inspector.qos", { qos: entry.qos })}</span>
        <span>{t(entry.retain ? "messages.inspector.retained" : "messages.inspector.notRetained")}</span>
        {entry.dup && <span>{t("messages.inspector.duplicate")}</span>}
        <span>{formatBytes(entry.size)}</span>
      </p>
      {entry.outcome && (
        <p className={styles.outcome} data-outcome={entry.outcome.outcome}>
          {entry.outcome.outcome === "acknowledged" && <Icon name="check" size={12} />}
          {entry.outcome.outcome === "refused" && <Icon name="close" size={12} />}
          {outcomeSentence(entry.outcome)}
        </p>
      )}
    </div>
  );
}

function Properties({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  if (entry.properties.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("messages.inspector.properties")}>
      <h3 className={shape.title}>{t("messages.inspector.properties")}</h3>
      <dl className={styles.properties}>
        {entry.properties.map((property, index) => (
          <div key={index}>
            <dt>
              <VisibleText text={property.name} />
            </dt>
            <dd>
              <VisibleText text={property.value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
