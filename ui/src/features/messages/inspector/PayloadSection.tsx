import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "@/contract";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { ErrorState } from "@/components/feedback";
import { Segmented } from "@/components/fields";
import { formatBytes } from "@/i18n";
import shape from "@/styles/pane.module.css";
import styles from "./Inspector.module.css";
import { HexView, JsonView, TextView } from "./PayloadViews";
import { usePayload } from "./use-payload";

type Kind = "json" | "text" | "hex";

/** The payload in the form that fits it, or in another one. */
export function PayloadSection({ entry, onCopy }: { entry: Entry; onCopy: () => void }) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<Kind>("json");
  const payload = usePayload(entry.seq, entry.size);
  const { bytes, complete, reading } = payload;
  const text = useMemo(() => (bytes === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)), [bytes]);
  const fits: Kind = entry.form === "json" ? "json" : entry.form === "text" ? "text" : "hex";
  // A kind that this payload cannot be shown in gives way to the one that fits, and comes back with the next payload.
  const kind: Kind = chosen === "json" && entry.form !== "json" ? fits : chosen;
  const size = formatBytes(entry.size);

  return (
    <section className={styles.payload} aria-label={t("messages.inspector.payload")}>
      <header className={cx(shape.header, styles.payloadHeader)}>
        <h3 className={cx(shape.title, styles.title)}>{t("messages.inspector.payload")}</h3>
        {entry.size > 0 && (
          <Segmented<Kind>
            size="sm"
            aria-label={t("messages.inspector.views")}
            value={kind}
            onChange={setChosen}
            segments={[
              ...(entry.form === "json" ? [{ value: "json" as const, label: t("messages.inspector.json") }] : []),
              { value: "text", label: t("messages.inspector.text") },
              { value: "hex", label: t("messages.inspector.hexView") },
            ]}
          />
        )}
        <IconButton icon="copy" size="sm" label={t("messages.menu.copyPayload")} keys="Ctrl C" onClick={onCopy} disabled={entry.size === 0} />
      </header>
      {entry.size === 0 && <p className={styles.none}>{t("messages.inspector.noPayload")}</p>}
      {payload.error !== null && <ErrorState error={payload.error} title={t("messages.inspector.evicted")} />}
      {entry.size > 0 && kind === "hex" && <HexView key={entry.seq} size={entry.size} read={payload.read} />}
      {text !== null && kind === "text" && entry.form === "binary" && <p className={styles.none}>{t("messages.inspector.notText")}</p>}
      {text !== null && text !== "" && (kind === "text" || (kind === "json" && !complete)) && <TextView key={entry.seq} text={text} />}
      {/* The tree paints its counts outside React, so another language makes another one. */}
      {text !== null && kind === "json" && complete && <JsonView key={`${entry.seq} ${i18n.language}`} text={text} />}
      {bytes !== null && !complete && kind !== "hex" && (
        <p className={styles.more}>
          <span>
            {reading === null
              ? t("messages.inspector.first", { shown: formatBytes(bytes.length), size })
              : t("messages.inspector.loading", { done: formatBytes(reading), size })}
          </span>
          {reading === null && (
            <Button size="sm" onClick={payload.readAll}>
              {t("messages.inspector.viewAll", { size })}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}
