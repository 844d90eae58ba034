import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../cx";
import styles from "./Splitter.module.css";
import type { PaneSize } from "./usePaneSize";

interface SplitterProps {
  pane: PaneSize;
  /** What it resizes, in words. */
  what: string;
  /** "vertical": a line between left and right. */
  orientation: "vertical" | "horizontal";
  /** The pane lies after the line, so that moving the line on makes it smaller. */
  after?: boolean | undefined;
}

const STEP = 8;
const BIG_STEP = 32;

/** The line between two panes: drag it, or arrows (8 px, with Shift 32 px), Home, End; Enter resets. */
export function Splitter({ pane, what, orientation, after }: SplitterProps) {
  const { t } = useTranslation();
  const drag = useRef<{ at: number; size: number } | null>(null);
  const sign = after === true ? -1 : 1;
  const place = (event: PointerEvent) => (orientation === "vertical" ? event.clientX : event.clientY);

  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const [less, more] = orientation === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === less) pane.resize((size) => size - sign * step);
    else if (event.key === more) pane.resize((size) => size + sign * step);
    else if (event.key === "Home") pane.resize(() => pane.min);
    else if (event.key === "End") pane.resize(() => pane.max);
    else if (event.key === "Enter") pane.resize(() => pane.initial);
    else return;
    event.preventDefault();
  }

  return (
    // ARIA's window splitter: a separator that can be focused is a widget, and what it is set to is the pane's size.
    // The rules know only the separator that is a mere line. Keys do all that the pointer does.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see above
    <div
      className={cx(styles.splitter, styles[orientation])}
      role="separator"
      aria-orientation={orientation}
      aria-label={t("common.resize", { what })}
      aria-valuenow={pane.size}
      aria-valuemin={pane.min}
      aria-valuemax={pane.max}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => pane.resize(() => pane.initial)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: place(event), size: pane.size };
      }}
      onPointerMove={(event) => {
        const from = drag.current;
        if (from === null) return;
        const to = from.size + sign * (place(event) - from.at);
        pane.resize(() => to);
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
    />
  );
}
