import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Row } from "@/contract";
import { useActions, useKeys } from "@/components/actions";
import { Button } from "@/components/button";
import { EmptyState, ErrorState, errorText, LoadingState } from "@/components/feedback";
import type { RowsHandle } from "@/components/rows";
import { Splitter, usePaneSize } from "@/components/splitter";
import { cx } from "@/components/cx";
import { visibleString } from "@/components/text";
import { useToasts, useUndo } from "@/components/toast";
import { useView } from "@/live";
import { usePlatform } from "@/platform";
import shape from "@/styles/pane.module.css";
import { useMessageActions } from "./actions";
import { Inspector } from "./inspector/Inspector";
import { MessagesHeader } from "./MessagesHeader";
import { MessageTable } from "./MessageTable";
import styles from "./MessagesPane.module.css";
import { PausedBar } from "./PausedBar";
import { ScanProgress } from "./ScanProgress";
import { shortTopic } from "./short-topic";
import { useTopicOffers } from "./use-topic-offers";

interface MessagesPaneProps {
  device: Device;
  online: boolean;
  /** There is room for the inspector beside the table; else it lies over it. */
  wide: boolean;
}

const INSPECTOR = { name: "device.inspector", initial: 340, min: 280, max: 640 };

/** The messages of a device: filter, live table, inspector. */
export function MessagesPane({ device, online, wide }: MessagesPaneProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const spec = useMemo(() => ({ query, device: device.id, classes: [] }), [query, device.id]);
  const { source, status, error } = useView(spec, device.id);
  const [selected, setSelected] = useState<Row | null>(null);
  const [following, setFollowing] = useState(true);
  const [pausedAt, setPausedAt] = useState(0);
  const [wanted, setWanted] = useState(true);
  const [opened, setOpened] = useState(false);
  const platform = usePlatform();
  const toasts = useToasts();
  const undo = useUndo();
  const table = useRef<RowsHandle<Row>>(null);
  const pane = useRef<HTMLElement>(null);
  const size = usePaneSize(INSPECTOR);
  const keys = useKeys();
  const paused = status?.paused ?? false;
  const shown = selected?.class === "message" && (wide ? wanted : opened);

  const open = useCallback((row: Row) => {
    setSelected(row);
    setWanted(true);
    setOpened(true);
  }, []);
  const actions = useMessageActions(open, setQuery);
  const short = useMemo(() => shortTopic([device.name, device.client_id]), [device.name, device.client_id]);
  useActions([
    { id: "findMessages", run: find },
    { id: "pause", label: t(paused ? "messages.resume" : "messages.pause"), enabled: source !== null, run: () => pause(!paused) },
    { id: "follow", enabled: !following, run: () => table.current?.follow() },
  ]);
  useTopicOffers(source, setQuery);

  function find() {
    const field = pane.current?.querySelector<HTMLInputElement>("[data-pane-filter]");
    field?.focus();
    field?.select();
  }

  function pause(next: boolean) {
    setPausedAt(Date.now() * 1000);
    // A view that has ended is opened anew by itself, not paused.
    source?.pause(next).catch(() => undefined);
  }

  function clear() {
    platform.call("messages.clear", { device: device.id }).then(
      (done) => undo.offer(done, { title: t("messages.cleared"), text: visibleString(device.name) }),
      (thrown: unknown) => toasts.show({ tone: "bad", title: t("messages.notCleared"), text: errorText(t, thrown).sentence }),
    );
  }

  function close() {
    setWanted(false);
    setOpened(false);
    table.current?.focus();
  }

  function onKey(event: KeyboardEvent, row: Row | null) {
    if (keys.is(event, "pause")) pause(!paused);
    else if (event.key === "Escape") {
      if (shown) close();
      else table.current?.clearSelection();
    } else if (row && keys.is(event, "copyMessage")) actions.copyMessage(row);
    else if (row && keys.is(event, "copyPayload")) actions.copyPayload(selectedOr(row));
    else if (row && keys.is(event, "onlyTopic")) actions.onlyTopic(row);
    else return;
    event.preventDefault();
  }

  function selectedOr(row: Row): Row[] {
    const rows = table.current?.selectedRows() ?? [];
    return rows.length > 0 ? rows : [row];
  }

  const empty =
    query === "" ? (
      <EmptyState icon="list" title={t("messages.emptyTitle")} text={t(online ? "messages.emptyOnline" : "messages.emptyOffline")} />
    ) : (
      <EmptyState
        icon="funnel"
        title={t("messages.nothingTitle")}
        text={t("messages.nothingText")}
        action={<Button onClick={() => setQuery("")}>{t("messages.removeFilter")}</Button>}
      />
    );

  return (
    <section ref={pane} className={shape.column} data-pane="" aria-label={t("messages.pane", { name: device.name })}>
      <MessagesHeader
        query={query}
        onQuery={setQuery}
        refused={source === null ? null : error}
        source={source}
        status={status}
        following={following}
        onFollow={() => table.current?.follow()}
        onUnfollow={() => table.current?.stopFollowing()}
        onPause={pause}
        onClear={clear}
      />
      <div className={styles.split}>
        <div className={styles.main}>
          {source ? (
            <MessageTable
              source={source}
              short={short}
              paused={paused}
              empty={empty}
              loading={<LoadingState />}
              actions={actions}
              handle={table}
              onSelect={setSelected}
              onFollowing={setFollowing}
              onKey={onKey}
            />
          ) : (
            error !== null && <ErrorState error={error} />
          )}
          {/* The same filter once more is another scan. What it is refused for is said by the filter field. */}
          {status && <ScanProgress status={status} onReadAgain={() => void source?.change(spec).catch(() => undefined)} />}
          {status?.paused && <PausedBar at={pausedAt} newer={status.newer} onResume={() => pause(false)} />}
        </div>
        {shown && source && selected && (
          <>
            {wide && <Splitter pane={size} what={t("messages.inspector.name")} orientation="vertical" after />}
            {/* Esc closes it from wherever the focus is inside. */}
            <div
              className={cx(styles.inspector, !wide && styles.over)}
              style={wide ? { width: size.size } : undefined}
              role="presentation"
              onKeyDown={(event) => event.key === "Escape" && close()}
            >
              <Inspector row={selected} source={source} actions={actions} onClose={close} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
