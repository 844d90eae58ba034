/** What a JSON value is. */
export type JsonKind = "object" | "array" | "string" | "number" | "literal";

/** A value by its place in the text; nothing of it is copied or converted, so that numbers stay as they came. */
export interface JsonValue {
  kind: JsonKind;
  start: number;
  end: number;
}

/** A field or an item. `name` is the key as it stands in the text, quotes included; null for items. */
export interface JsonChild {
  name: string | null;
  index: number;
  value: JsonValue;
}

/** The value that a text of valid JSON holds. Anything else gives null or a part; it never throws. */
export function jsonRoot(text: string): JsonValue | null {
  return valueAt(text, skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0));
}

/** Fields or items of a container, in their order; doubled keys stay doubled. */
export function jsonChildren(text: string, container: JsonValue): JsonChild[] {
  const children: JsonChild[] = [];
  const named = container.kind === "object";
  let at = skipSpace(text, container.start + 1);
  while (at < container.end - 1) {
    let name: string | null = null;
    if (named) {
      const end = endOfString(text, at);
      name = text.slice(at, end);
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    const value = valueAt(text, at);
    if (!value || value.end <= at) break;
    children.push({ name, index: children.length, value });
    at = skipSpace(text, value.end);
    if (text[at] !== ",") break;
    at = skipSpace(text, at + 1);
  }
  return children;
}

function valueAt(text: string, start: number): JsonValue | null {
  switch (text[start]) {
    case undefined:
      return null;
    case "{":
      return { kind: "object", start, end: endOfContainer(text, start) };
    case "[":
      return { kind: "array", start, end: endOfContainer(text, start) };
    case '"':
      return { kind: "string", start, end: endOfString(text, start) };
    default: {
      const end = endOfWord(text, start);
      return { kind: /[-\d]/.test(text[start] ?? "") ? "number" : "literal", start, end };
    }
  }
}

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at) - 1;
        break;
      case 0x7b:
      case 0x5b:
        depth += 1;
        break;
      case 0x7d:
      case 0x5d:
        depth -= 1;
        if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at += 1;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}
