import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Row } from "@/contract";
import { ContextMenu } from "@/components/overlay";
import { Rows, useRowsLook, type RowsHandle, type Selection } from "@/components/rows";
import { useSettings, type ViewSource } from "@/live";
import { useMessageMenu, type MessageActions } from "./actions";
import { messageRows, type ShortTopic } from "./row";
import styles from "./row.module.css";
import { usePins } from "./use-pins";
import { usePreviewLength } from "./use-preview-length";
import pane from "./MessagesPane.module.css";

interface MessageTableProps {
  source: ViewSource;
  short: ShortTopic;
  paused: boolean;
  empty: ReactNode;
  loading: ReactNode;
  actions: MessageActions;
  handle: Ref<RowsHandle<Row>>;
  onSelect: (row: Row | null) => void;
  onFollowing: (following: boolean) => void;
  onKey: (event: KeyboardEvent, row: Row | null) => void;
}

/** The rows of a view with their columns, menu and pins. */
export function MessageTable(props: MessageTableProps) {
  const { source, short, empty, loading, actions, handle, onSelect, onKey } = props;
  const { t } = useTranslation();
  const renderer = useRowsLook(useCallback((height: number) => messageRows(short, height), [short]));
  const [{ single_keys: letters }] = useSettings();
  const [active, setActive] = useState<Row | null>(null);
  const [following, setFollowing] = useState(true);
  const area = useRef<HTMLDivElement>(null);
  const pins = usePins(source, following && !props.paused);
  usePreviewLength(area, source);
  const menu = useMessageMenu(active, actions);

  function select(row: Row | null, selection: Selection | null) {
    pins.select(selection?.active.key ?? null);
    // A row on its way to being loaded leaves the last one in its place.
    if (row === null && selection !== null) return;
    setActive(row);
    onSelect(row);
  }

  return (
    <ContextMenu items={active?.class === "message" ? menu : []} area={<div ref={area} className={pane.table} />}>
      <Rows
        source={source}
        renderer={renderer}
        label={t("messages.table")}
        follows
        multiselectable
        letters={letters}
        header={<Head />}
        empty={empty}
        loading={loading}
        handle={handle}
        onSelect={select}
        onOpen={actions.open}
        onVisible={pins.show}
        onFollowing={(now) => {
          setFollowing(now);
          props.onFollowing(now);
        }}
        onKey={onKey}
      />
    </ContextMenu>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <span role="columnheader">{t("messages.columns.time")}</span>
      <span role="columnheader">
        <span className="offscreen">{t("messages.columns.direction")}</span>
      </span>
      <span role="columnheader">{t("messages.columns.topic")}</span>
      <span role="columnheader" className={styles.headQos}>
        {t("messages.columns.qos")}
      </span>
      <span role="columnheader" className={styles.headSize}>
        {t("messages.columns.size")}
      </span>
      <span role="columnheader" className={styles.headOutcome}>
        {t("messages.columns.outcome")}
      </span>
      <span role="columnheader">{t("messages.columns.payload")}</span>
    </div>
  );
}
