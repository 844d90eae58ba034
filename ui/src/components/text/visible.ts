/** A stretch of plain text, or one character that must be seen and not obeyed. */
export type VisiblePart = { text: string } | { code: number };

/**
 * Control characters, bidi controls, zero-width and other invisible format characters, line separators and lone
 * surrogates: they would hide, reorder or break what stands around them.
 */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/** Takes text apart into what can be shown as it is and what is shown as a mark. */
export function visibleParts(text: string): VisiblePart[] {
  const parts: VisiblePart[] = [];
  let last = 0;
  for (const found of text.matchAll(UNSEEN)) {
    if (found.index > last) parts.push({ text: text.slice(last, found.index) });
    parts.push({ code: found[0].codePointAt(0) ?? 0 });
    last = found.index + found[0].length;
  }
  if (last < text.length) parts.push({ text: text.slice(last) });
  return parts;
}

/** The mark of a character: its control picture, or its code point. */
export function markOf(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return code.toString(16).toUpperCase().padStart(4, "0");
}

/** Text with marks in place of unseen characters, for where only a string fits: titles, names, table cells. */
export function visibleString(text: string): string {
  return visibleParts(text)
    .map((part) => ("text" in part ? part.text : `\u2039${markOf(part.code)}\u203a`))
    .join("");
}
