import { addIcon } from "@/components/icon";
import { addCell, putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { visibleString } from "@/components/text";
import { texts } from "@/i18n";
import { hexOf } from "../copy";
import { asciiOf, LINE_BYTES, type HexLine } from "./hex";
import type { JsonLine } from "./json-lines";
import type { TextLine } from "./lines";
import styles from "./payload.module.css";

const LINE = 20;

function part(row: HTMLElement, className: string | undefined): HTMLElement {
  const made = row.appendChild(document.createElement("span"));
  made.className = className ?? "";
  return made;
}

function line(className: string | undefined): { element: HTMLElement; cell: HTMLElement } {
  const element = document.createElement("div");
  element.className = styles.line ?? "";
  return { element, cell: addCell(element, className) };
}

/** Lines of a JSON tree. */
export const jsonRenderer: RowRenderer<JsonLine> = {
  rowHeight: LINE,
  create: () => new JsonNode(),
  name: (row) => visibleString([row.name ?? (row.index === null ? "" : String(row.index)), row.text, countOf(row)].filter(Boolean).join(" ")),
};

function countOf(row: JsonLine): string {
  if (row.open !== true) return "";
  return texts.t(row.kind === "object" ? "messages.inspector.fields" : "messages.inspector.items", { count: row.count });
}

class JsonNode implements RowNode<JsonLine> {
  private readonly made = line(styles.json);
  readonly element = this.made.element;
  private readonly toggle = part(this.made.cell, styles.toggle);
  private readonly showArrow = addIcon(this.toggle, 12);
  private readonly name = part(this.made.cell, styles.name);
  private readonly value = part(this.made.cell, styles.value);
  private readonly count = part(this.made.cell, styles.count);

  constructor() {
    this.toggle.dataset.toggle = "";
  }

  show(row: JsonLine): void {
    this.made.cell.style.paddingLeft = `${row.depth * 14}px`;
    setAttribute(this.element, "aria-level", String(row.depth + 1));
    setAttribute(this.element, "aria-expanded", row.open === null ? null : String(row.open));
    this.showArrow(row.open === null ? null : row.open ? "chevron-down" : "chevron-right");
    setAttribute(this.name, "data-item", row.name === null ? "" : null);
    putVisible(this.name, row.name === null ? (row.index === null || row.kind === "group" ? "" : `${row.index}:`) : `${row.name}:`);
    setAttribute(this.value, "data-kind", row.kind);
    const bracket = row.open === true && row.kind !== "group" ? (row.kind === "object" ? "{" : "[") : row.text;
    putVisible(this.value, row.kind === "group" ? `[${row.text}]` : bracket);
    setText(this.count, row.kind === "group" ? "" : countOf(row));
  }
}

/** Lines of a text. */
export function textRenderer(text: string): RowRenderer<TextLine> {
  return {
    rowHeight: LINE,
    create() {
      const { element, cell } = line(styles.text);
      const number = part(cell, styles.number);
      const words = part(cell, styles.words);
      return {
        element,
        show(row) {
          setText(number, row.number === null ? "" : String(row.number));
          putVisible(words, text.slice(row.start, row.end));
        },
      };
    },
    name: (row) => visibleString(text.slice(row.start, row.end)),
  };
}

/** Lines of bytes. */
export const hexRenderer: RowRenderer<HexLine> = {
  rowHeight: LINE,
  create() {
    const { element, cell } = line(styles.hex);
    const offset = part(cell, styles.number);
    const bytes = part(cell, styles.bytes);
    const ascii = part(cell, styles.ascii);
    return {
      element,
      show(row) {
        setText(offset, offsetOf(row));
        setText(bytes, hexOf(row.bytes));
        setText(ascii, asciiOf(row.bytes));
      },
    };
  },
  name: (row) => `${offsetOf(row)} ${hexOf(row.bytes)}`,
};

function offsetOf(row: HexLine): string {
  return (row.ordinal * LINE_BYTES).toString(16).padStart(4, "0");
}
