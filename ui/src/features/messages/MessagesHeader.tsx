import { useTranslation } from "react-i18next";
import type { ViewStatus } from "@/contract";
import { useKeys } from "@/components/actions";
import { Button, IconButton } from "@/components/button";
import { errorText } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Kbd } from "@/components/text";
import { formatNumber } from "@/i18n";
import type { ViewSource } from "@/live";
import shape from "@/styles/pane.module.css";
import styles from "./MessagesPane.module.css";
import { useRate } from "./use-rate";

interface MessagesHeaderProps {
  query: string;
  onQuery: (query: string) => void;
  /** Why the filter as typed is not one, while the table still shows the last that was; null when it is one. */
  refused: unknown;
  source: ViewSource | null;
  status: ViewStatus | null;
  following: boolean;
  onFollow: () => void;
  onUnfollow: () => void;
  onPause: (paused: boolean) => void;
  onClear: () => void;
}

/** Counts, filter, and what the table does with new rows. */
export function MessagesHeader(props: MessagesHeaderProps) {
  const { query, onQuery, refused, source, status, following } = props;
  const { t } = useTranslation();
  const rate = useRate(source);
  const keys = useKeys();
  const invalid = refused !== null;
  const paused = status?.paused ?? false;
  const number = formatNumber(status?.matching ?? 0);
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <h2 className={shape.title}>{t("messages.title")}</h2>
        <p className={styles.counts}>
          <span title={query === "" ? undefined : t("messages.matching", { number })}>
            {query === "" ? t("messages.kept", { count: status?.matching ?? 0, number }) : t("messages.matchingShort", { number })}
          </span>
          {rate > 0 && <span className={styles.rate}>{t("messages.rate", { number: formatNumber(rate) })}</span>}
        </p>
        <div className={styles.filter}>
          <TextInput
            value={query}
            onChange={onQuery}
            icon="funnel"
            mono={query !== ""}
            data-pane-filter=""
            role="searchbox"
            aria-label={t("messages.filterLabel")}
            aria-invalid={invalid || undefined}
            aria-describedby={invalid ? "messages-filter-problem" : undefined}
            placeholder={t("messages.filter")}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || query === "") return;
              event.stopPropagation();
              onQuery("");
            }}
            end={query === "" ? <Kbd keys={keys.name("findMessages") ?? ""} /> : <IconButton icon="close" size="sm" label={t("messages.clearFilter")} onClick={() => onQuery("")} />}
          />
          {invalid && (
            <p id="messages-filter-problem" className={styles.problem} role="status">
              {errorText(t, refused).hint} {t("messages.filterInvalid")}
            </p>
          )}
        </div>
        <Button icon="follow" pressed={following} keys="End" onClick={following ? props.onUnfollow : props.onFollow}>
          {t(following ? "messages.following" : "messages.follow")}
        </Button>
        <Button icon={paused ? "play" : "pause"} keys="Space" className={paused ? styles.resume : undefined} onClick={() => props.onPause(!paused)}>
          {t(paused ? "messages.resume" : "messages.pause")}
        </Button>
        <IconButton icon="trash" label={t("messages.clear")} onClick={props.onClear} />
      </div>
    </header>
  );
}
