import { formatNumber } from "@/i18n";
import { jsonChildren, jsonRoot, type JsonChild, type JsonKind, type JsonValue } from "./json";

/** Longer containers are shown in groups of this many. */
const GROUP = 200;
/** Containers open by themselves until the tree has this many lines. */
const OPEN_LINES = 200;
/** A value is cut to this many characters in the tree; the text view has it whole. */
const VALUE_MAX = 1000;

/** One line of a JSON tree. */
export interface JsonLine {
  /** Rises from line to line and stays a line's own when others open and close. */
  key: number;
  depth: number;
  name: string | null;
  index: number | null;
  kind: JsonKind | "group" | "end";
  /** The value, the closing bracket, or the first names of a closed container. */
  text: string;
  /** Fields or items inside; for a group also where it begins. */
  count: number;
  open: boolean | null;
}

/** The lines of a JSON text with what the user opened and closed. */
export class JsonLines {
  private readonly root: JsonValue | null;
  private readonly children = new Map<number, JsonChild[]>();
  private readonly toggled = new Map<number, boolean>();

  constructor(private readonly text: string) {
    this.root = jsonRoot(text);
  }

  toggle(line: JsonLine): void {
    if (line.open !== null) this.toggled.set(line.key, !line.open);
  }

  lines(): JsonLine[] {
    const lines: JsonLine[] = [];
    if (this.root) this.add(lines, this.root, 0, null, null);
    return lines;
  }

  private add(lines: JsonLine[], value: JsonValue, depth: number, name: string | null, index: number | null): void {
    const { start, end, kind } = value;
    if (kind !== "object" && kind !== "array") {
      lines.push({ key: start, depth, name, index, kind, text: this.cut(start, end), count: 0, open: null });
      return;
    }
    const children = this.childrenOf(value);
    const open = children.length > 0 && (this.toggled.get(start) ?? (depth < 3 && lines.length + children.length < OPEN_LINES));
    lines.push({ key: start, depth, name, index, kind, text: open ? "" : summary(kind, children), count: children.length, open: children.length > 0 ? open : null });
    if (!open) return;
    if (children.length > GROUP) this.addGroups(lines, children, depth + 1);
    else for (const child of children) this.addChild(lines, child, depth + 1);
    lines.push({ key: end - 0.5, depth, name: null, index: null, kind: "end", text: kind === "object" ? "}" : "]", count: 0, open: null });
  }

  private addGroups(lines: JsonLine[], children: JsonChild[], depth: number): void {
    for (let from = 0; from < children.length; from += GROUP) {
      const group = children.slice(from, from + GROUP);
      const key = (group[0]?.value.start ?? 0) - 0.5;
      const open = this.toggled.get(key) ?? false;
      lines.push({ key, depth, name: null, index: from, kind: "group", text: `${formatNumber(from)} … ${formatNumber(from + group.length - 1)}`, count: group.length, open });
      if (open) for (const child of group) this.addChild(lines, child, depth + 1);
    }
  }

  private addChild(lines: JsonLine[], child: JsonChild, depth: number): void {
    this.add(lines, child.value, depth, child.name, child.name === null ? child.index : null);
  }

  private childrenOf(value: JsonValue): JsonChild[] {
    const known = this.children.get(value.start);
    if (known) return known;
    const made = jsonChildren(this.text, value);
    this.children.set(value.start, made);
    return made;
  }

  private cut(start: number, end: number): string {
    return end - start > VALUE_MAX ? `${this.text.slice(start, start + VALUE_MAX)}…` : this.text.slice(start, end);
  }
}

/** What is inside a closed container: `{ lat, lon, floor }`, `[ 12 ]`. */
function summary(kind: "object" | "array", children: JsonChild[]): string {
  if (children.length === 0) return kind === "object" ? "{ }" : "[ ]";
  if (kind === "array") return `[ ${formatNumber(children.length)} ]`;
  const names = children.slice(0, 4).map((child) => child.name?.slice(1, -1) ?? "");
  return `{ ${names.join(", ")}${children.length > names.length ? ", …" : ""} }`;
}
