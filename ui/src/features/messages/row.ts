import type { Row } from "@/contract";
import { addCell, putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { addIcon } from "@/components/icon";
import { visibleString } from "@/components/text";
import { formatBytes, formatTime, renderText, texts } from "@/i18n";
import { topics } from "@/live";
import { previewText, Preview } from "./preview";
import { formatAfter, outcomeLook } from "./outcome";
import styles from "./row.module.css";

/** Shortens a topic by what is obvious where it stands. */
export type ShortTopic = (topic: string) => string;

/** Rows of the message table; the height is in CSS pixels. */
export function messageRows(short: ShortTopic, rowHeight: number): RowRenderer<Row> {
  return { rowHeight, create: () => new MessageRow(short), name: rowName };
}

/** What a screen reader says: "10:42:00.551, in, lab/temp, temperature 33.4". */
export function rowName(row: Row): string {
  const time = `${formatTime(row.time, true)}${row.unverified ? `, ${texts.t("unverified.name")}` : ""}`;
  if (row.text !== null) return `${time}, ${visibleString(renderText(row.text))}`;
  const direction = row.direction ? texts.t(`messages.direction.${row.direction}`) : "";
  const payload = row.preview.length > 0 ? previewText(row.preview) : texts.t("messages.empty");
  return [time, direction, visibleString(topicOf(row)), payload].join(", ");
}

/** The text of a row's topic. */
export function topicOf({ topic }: Row): string {
  if (topic === null) return "";
  if (typeof topic === "number") return topics.text(topic) ?? "";
  return topic.cut ? `${topic.text}…` : topic.text;
}

/** One recycled row: cells of a message, and a wide cell for events and gaps; one of both is shown. */
class MessageRow implements RowNode<Row> {
  readonly element = document.createElement("div");
  private readonly time = addCell(this.element, styles.time);
  private readonly direction = addCell(this.element, styles.direction);
  private readonly topic = addCell(this.element, styles.topic);
  private readonly qos = addCell(this.element, styles.qos);
  private readonly size = addCell(this.element, styles.size);
  private readonly outcome = addCell(this.element, styles.outcome);
  private readonly payload = addCell(this.element, styles.payload);
  private readonly showArrow = addIcon(this.direction, 13);
  private readonly tag = this.payload.appendChild(document.createElement("span"));
  private readonly preview = new Preview(this.payload);
  private topicShown = "";

  constructor(private readonly short: ShortTopic) {
    this.element.className = styles.row ?? "";
    this.tag.className = styles.tag ?? "";
    this.tag.textContent = texts.t("messages.retained");
  }

  show(row: Row): void {
    setAttribute(this.element, "data-class", row.class);
    setAttribute(this.element, "data-severity", row.class === "message" ? null : row.severity);
    setAttribute(this.element, "data-unverified", row.unverified ? "" : null);
    setAttribute(this.element, "data-colour", row.colour === null ? null : String(row.colour));
    setText(this.time, formatTime(row.time, true));
    this.preview.show(row);
    if (row.class !== "message") return this.showArrow(row.class === "gap" ? "warning" : null);
    this.showArrow(row.direction === "out" ? "arrow-up" : "arrow-down");
    setAttribute(this.element, "data-direction", row.direction);
    this.showTopic(topicOf(row));
    setText(this.qos, String(row.qos));
    setText(this.size, formatBytes(row.size));
    this.showOutcome(row);
    this.tag.hidden = !row.retain;
  }

  private showTopic(topic: string): void {
    if (topic === this.topicShown) return;
    this.topicShown = topic;
    putVisible(this.topic, this.short(topic));
    this.topic.title = visibleString(topic);
  }

  private showOutcome(row: Row): void {
    const { look, words } = outcomeLook(row.outcome);
    setAttribute(this.outcome, "data-outcome", look);
    setText(this.outcome, words);
    if (row.outcome?.outcome === "acknowledged") {
      setAttribute(this.outcome, "aria-label", texts.t("messages.outcome.acknowledgedName", { time: formatAfter(row.outcome.after) }));
    } else {
      setAttribute(this.outcome, "aria-label", null);
    }
  }
}
