import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { ListSource, Rows, type RowsHandle } from "@/components/rows";
import { HexSource, type HexLine, type ReadBytes } from "./hex";
import { JsonLines, type JsonLine } from "./json-lines";
import { textLines, type TextLine } from "./lines";
import { hexRenderer, jsonRenderer, textRenderer } from "./renderers";
import styles from "./payload.module.css";

const MONO_LETTER = 7.3;
const TEXT_MARGIN = 64;

/** A JSON text as a tree that opens and closes: arrows, Enter, or the arrow in front of a line. */
export function JsonView({ text }: { text: string }) {
  const { t } = useTranslation();
  const json = useMemo(() => new JsonLines(text), [text]);
  const source = useMemo(() => new ListSource<JsonLine>((line) => line.key, json.lines()), [json]);
  const rows = useRef<RowsHandle<JsonLine>>(null);

  function toggle(line: JsonLine | null) {
    if (line === null || line.open === null) return;
    json.toggle(line);
    source.set(json.lines());
  }

  function onKey(event: KeyboardEvent, line: JsonLine | null) {
    if (event.key === "c" && (event.ctrlKey || event.metaKey) && line) {
      // The clipboard may be refused; the inspector's own copy button says so.
      navigator.clipboard.writeText(line.text).catch(() => undefined);
    } else if ((event.key === "ArrowRight" && line?.open === false) || (event.key === "ArrowLeft" && line?.open === true)) toggle(line);
    else return;
    event.preventDefault();
  }

  return (
    // Hears the clicks of the rows, which live outside React; keys open a line by Enter or the arrows of the list inside.
    <div
      role="presentation"
      className={styles.view}
      onClick={(event: MouseEvent) => {
        if (event.target instanceof Element && event.target.closest("[data-toggle]")) toggle(rows.current?.activeRow() ?? null);
      }}
    >
      <Rows source={source} renderer={jsonRenderer} role="treegrid" label={t("messages.inspector.tree")} handle={rows} onOpen={toggle} onKey={onKey} />
    </div>
  );
}

/** A text by lines, wrapped where the pane ends. */
export function TextView({ text }: { text: string }) {
  const { t } = useTranslation();
  const view = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(40);
  const source = useMemo(() => new ListSource<TextLine>((line) => line.start), []);
  const renderer = useMemo(() => textRenderer(text), [text]);

  useEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setColumns(Math.max(16, Math.floor((element.clientWidth - TEXT_MARGIN) / MONO_LETTER))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => source.set(textLines(text, columns)), [source, text, columns]);

  return (
    <div className={styles.view} ref={view}>
      <Rows source={source} renderer={renderer} label={t("messages.inspector.lines")} />
    </div>
  );
}

/** Bytes of a payload of any size; what is shown is read when it is shown. */
export function HexView({ size, read }: { size: number; read: ReadBytes }) {
  const { t } = useTranslation();
  const source = useMemo(() => new HexSource(size, read), [size, read]);
  return (
    <div className={styles.view}>
      <Rows<HexLine> source={source} renderer={hexRenderer} label={t("messages.inspector.bytes")} />
    </div>
  );
}
