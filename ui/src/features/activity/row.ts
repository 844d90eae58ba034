import type { Row } from "@/contract";
import { ICON_PATHS, type IconName } from "@/components/icon/paths";
import { putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { visibleString } from "@/components/text";
import { formatTime, texts } from "@/i18n";
import styles from "./Activity.module.css";

const ICONS: Record<string, IconName> = { info: "info", warning: "warning", error: "error" };

/** What an event says, in one line. */
export function textOf(row: Row): string {
  return row.preview.map((piece) => piece.text).join(" ");
}

function severityOf(row: Row): "info" | "warning" | "error" {
  return row.class === "gap" ? "error" : (row.severity ?? "info");
}

/** Rows of the activity list. */
export function activityRows(): RowRenderer<Row> {
  return {
    rowHeight: 24,
    create: () => new ActivityRow(),
    name: (row) => `${formatTime(row.time, true)}, ${texts.t(`activity.severity.${severityOf(row)}`)}, ${visibleString(textOf(row))}`,
  };
}

class ActivityRow implements RowNode<Row> {
  readonly element = document.createElement("div");
  private readonly time = this.cell(styles.time);
  private readonly severity = this.cell(styles.severity);
  private readonly text = this.cell(styles.text);
  private readonly icon = this.drawing();

  constructor() {
    this.element.className = styles.row ?? "";
  }

  show(row: Row): void {
    const severity = severityOf(row);
    setText(this.time, formatTime(row.time, true));
    setAttribute(this.element, "data-severity", severity);
    setAttribute(this.severity, "aria-label", texts.t(`activity.severity.${severity}`));
    setAttribute(this.icon, "d", ICON_PATHS[ICONS[severity] ?? "info"]);
    const text = textOf(row);
    putVisible(this.text, text);
    this.text.title = visibleString(text);
  }

  private cell(className: string | undefined): HTMLElement {
    const made = this.element.appendChild(document.createElement("span"));
    made.className = className ?? "";
    made.setAttribute("role", "gridcell");
    return made;
  }

  private drawing(): SVGPathElement {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    this.severity.append(svg);
    return svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  }
}
