import type { Row } from "@/contract";
import { addIcon, type IconName } from "@/components/icon";
import { addCell, putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { visibleString } from "@/components/text";
import { formatTime, renderText, texts } from "@/i18n";
import styles from "./Activity.module.css";

/** What an event says, in one line. */
export function textOf(row: Row): string {
  return row.text === null ? "" : renderText(row.text);
}

/** How bad an event is; its icon has the same name. */
function severityOf(row: Row): Extract<IconName, "info" | "warning" | "error"> {
  return row.class === "gap" ? "error" : (row.severity ?? "info");
}

/** Rows of the activity list; the height is in CSS pixels. */
export function activityRows(rowHeight: number): RowRenderer<Row> {
  return {
    rowHeight,
    create: () => new ActivityRow(),
    name: (row) => `${formatTime(row.time, true)}, ${texts.t(`activity.severity.${severityOf(row)}`)}, ${visibleString(textOf(row))}`,
  };
}

class ActivityRow implements RowNode<Row> {
  readonly element = document.createElement("div");
  private readonly time = addCell(this.element, styles.time);
  private readonly severity = addCell(this.element, styles.severity);
  private readonly text = addCell(this.element, styles.text);
  private readonly showIcon = addIcon(this.severity, 14);

  constructor() {
    this.element.className = styles.row ?? "";
  }

  show(row: Row): void {
    const severity = severityOf(row);
    setText(this.time, formatTime(row.time, true));
    setAttribute(this.element, "data-severity", severity);
    setAttribute(this.severity, "aria-label", texts.t(`activity.severity.${severity}`));
    this.showIcon(severity);
    const text = textOf(row);
    putVisible(this.text, text);
    this.text.title = visibleString(text);
  }
}
