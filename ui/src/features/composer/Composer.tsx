import { useCallback, useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Hub, PastedMessage, SavedMessage } from "@/contract";
import { useActions, useKeys } from "@/components/actions";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { useFileDrop } from "@/components/drop";
import { errorText } from "@/components/feedback";
import { Checkbox, Segmented, TextInput } from "@/components/fields";
import { Icon } from "@/components/icon";
import { countUsed, QosChoice } from "@/components/mqtt";
import { Tooltip } from "@/components/overlay";
import { useToasts } from "@/components/toast";
import { formatBytes } from "@/i18n";
import { chooseFile, MOST_FILE_BYTES, usePlatform } from "@/platform";
import shape from "@/styles/pane.module.css";
import styles from "./Composer.module.css";
import { byteLength, checkPayload, topicProblem, type PayloadCheck } from "./check";
import { BinaryPayload } from "./BinaryPayload";
import { binarySize, draftOf, publishDraft, useDraft } from "./drafts";
import { droppedPayload } from "./dropped";
import { HistoryDialog } from "./HistoryDialog";
import { PayloadField } from "./PayloadField";
import { PropertiesPane } from "./PropertiesPane";
import { ResultLine } from "./ResultLine";
import { SavedMessages } from "./SavedMessages";
import { usePublish } from "./use-publish";
import { useSaved } from "./use-saved";
import { useSavedKeys } from "./use-saved-keys";

interface ComposerProps {
  device: Device;
  hub: Hub;
  online: boolean;
  /** Why nothing can be published whatever the connection does; the draft stays. */
  off: string | null;
  /** A message that was pasted as a command line for this device. */
  message: PastedMessage | null;
  /** The keys that publish on this system. */
  confirmKeys: string;
}

/** Writes a message and publishes it as the device. */
export function Composer({ device, hub, online, off, message, confirmKeys }: ComposerProps) {
  const { t } = useTranslation();
  const [draft, change] = useDraft(device, hub, message);
  const keys = useKeys();
  const [touched, setTouched] = useState(false);
  // Azure speaks 3.1.1, whatever was chosen elsewhere.
  const azure = hub.kind === "azure_iot_hub" || hub.kind === "azure_dps";
  const five = device.options.version === "5" && !azure;
  const [part, setPart] = useState<"payload" | "properties">("payload");
  const [history, setHistory] = useState(false);
  const platform = usePlatform();
  const toasts = useToasts();
  const { busy, result, publish } = usePublish();
  const saved = useSaved(device, draft, five);
  const check = useMemo(() => checkPayload(draft.payload), [draft.payload]);
  const textSize = useMemo(() => byteLength(draft.payload), [draft.payload]);
  const size = draft.binary === null ? textSize : binarySize(draft.binary);
  const limit = device.options.max_packet_size;
  const problem = topicProblem(draft.topic);
  const used = countUsed(draft.properties);
  const over = size + byteLength(draft.topic) + 8 > limit;
  const reason = off !== null
    ? off
    : !online
    ? t("composer.offline")
    : over
      ? t("composer.tooLarge", { limit: formatBytes(limit) })
      : problem !== null && problem !== "empty"
        ? t(`composer.problem.${problem}`)
        : five && Number.isNaN(draft.properties.message_expiry)
          ? t("composer.expiryIsNone")
          : null;

  const load = useCallback((message: SavedMessage) => change(draftOf(message.draft)), [change]);
  useSavedKeys(saved.messages, load);

  function failed(thrown: unknown) {
    toasts.show({ tone: "bad", title: t("composer.fileNotTaken"), text: errorText(t, thrown).sentence });
  }

  const drop = useFileDrop(([file]) => {
    if (file === undefined) return;
    droppedPayload(platform, file).then((payload) => {
      if (payload !== null) change(payload);
      else toasts.show({ tone: "bad", title: t("composer.fileNotTaken"), text: t("composer.fileTooLarge", { limit: formatBytes(MOST_FILE_BYTES) }) });
    }, failed);
  });

  function choose() {
    chooseFile(platform, "payload").then((file) => file !== null && change({ payload: "", binary: { file } }), failed);
  }

  function submit() {
    setTouched(true);
    if (reason === null && problem === null && !busy) publish(publishDraft(device.id, draft, five));
  }

  useActions([{ id: "confirm", label: t("composer.publish"), enabled: reason === null, run: submit }]);

  function onKeyDown(event: KeyboardEvent) {
    if (!keys.is(event, "confirm")) return;
    event.preventDefault();
    submit();
  }

  const shownProblem = problem === "empty" && !touched ? null : problem;
  return (
    <section className={cx(shape.column, styles.composer)} data-pane="" data-over={drop.over ? "" : undefined} {...drop.handlers} aria-label={t("composer.pane", { name: device.name })}>
      {/* Ctrl Enter publishes from wherever the focus is inside. */}
      <div className={shape.column} role="presentation" onKeyDown={onKeyDown}>
        <header className={cx(shape.header, styles.header)}>
          <h2 className={shape.title}>{t("composer.title")}</h2>
          <span className={styles.off}>
            {off !== null && (
              <>
                <Icon name="pause" size={14} />
                {off}
              </>
            )}
          </span>
          {five && (
            <Segmented
              size="sm"
              aria-label={t("composer.parts")}
              value={part}
              onChange={setPart}
              segments={[
                { value: "payload", label: t("composer.payloadTab") },
                { value: "properties", label: used === 0 ? t("composer.properties") : t("composer.propertiesUsed", { count: used }) },
              ]}
            />
          )}
          <IconButton icon="clock" size="sm" label={t("composer.history.open")} onClick={() => setHistory(true)} />
          <IconButton icon="file" size="sm" label={t("composer.chooseFile", { limit: formatBytes(MOST_FILE_BYTES) })} onClick={choose} />
          <span className={styles.label}>{t("composer.qos")}</span>
          <QosChoice size="sm" aria-label={t("composer.qos")} value={draft.qos} hub={hub.kind} onChange={(qos) => change({ qos })} />
          <Tooltip text={t("composer.retainHint")}>
            <span>
              <Checkbox checked={draft.retain} onChange={(retain) => change({ retain })}>
                {t("composer.retain")}
              </Checkbox>
            </span>
          </Tooltip>
        </header>
        <div className={styles.topic}>
          <TextInput
            mono
            watchSpace
            value={draft.topic}
            onChange={(topic) => change({ topic })}
            onBlur={() => setTouched(touched || draft.topic !== "")}
            aria-label={t("composer.topicLabel")}
            aria-invalid={shownProblem !== null || undefined}
            aria-describedby={shownProblem === null ? undefined : "composer-topic-problem"}
            placeholder={t("composer.topic")}
          />
          {shownProblem !== null && (
            <p id="composer-topic-problem" className={styles.problem}>
              <Icon name="error" size={12} />
              {t(`composer.problem.${shownProblem}`)}
            </p>
          )}
        </div>
        {five && part === "properties" ? (
          <PropertiesPane
            value={draft.properties}
            aliases={device.options.properties.use_topic_aliases}
            onChange={(changed) => change({ properties: { ...draft.properties, ...changed } })}
          />
        ) : (
          <div className={styles.body}>
            {draft.binary === null ? (
              <PayloadField value={draft.payload} onChange={(payload) => change({ payload })} />
            ) : (
              <BinaryPayload binary={draft.binary} onRemove={() => change({ binary: null })} />
            )}
            <SavedMessages saved={saved} reason={draft.binary !== null && "file" in draft.binary ? t("composer.saved.noFile") : null} onLoad={load} />
          </div>
        )}
        <footer className={styles.footer}>
          {draft.binary === null ? <Verdict check={check} /> : <span className={styles.verdict}>{t("composer.binary")}</span>}
          <span className={styles.size} data-over={over ? "" : undefined} title={t("composer.limitHint")}>
            {t("composer.size", { size: formatBytes(size), limit: formatBytes(limit) })}
          </span>
          <ResultLine result={result} reason={off !== null ? t("composer.draftKept") : online ? null : reason} />
          <Button variant="primary" keys={confirmKeys} busy={busy} reason={reason} onClick={submit}>
            {t(check.kind === "not_json" && draft.binary === null ? "composer.publishAsText" : "composer.publish")}
          </Button>
        </footer>
      </div>
      {history && (
        <HistoryDialog
          device={device}
          reason={off ?? (online ? null : t("composer.offline"))}
          onLoad={({ publish: past }) => {
            change(draftOf(past.draft));
            setHistory(false);
          }}
          onAgain={({ publish: past }) => publish(past.draft)}
          onClose={() => setHistory(false)}
        />
      )}
    </section>
  );
}

function Verdict({ check }: { check: PayloadCheck }) {
  const { t } = useTranslation();
  switch (check.kind) {
    case "json":
      return (
        <span className={styles.verdict}>
          <Icon name="check" size={14} className={styles.ok} />
          {t("composer.validJson")}
        </span>
      );
    case "not_json":
      return (
        <span className={styles.verdict} data-warn="">
          <Icon name="warning" size={14} />
          {check.line === null ? t("composer.notJson") : t("composer.notJsonAt", { line: check.line })}
        </span>
      );
    case "text":
      return <span className={styles.verdict}>{t("composer.text")}</span>;
    case "empty":
      return <span className={styles.verdict}>{t("composer.empty")}</span>;
    case "unchecked":
      return <span className={styles.verdict}>{t("composer.tooLong")}</span>;
  }
}
