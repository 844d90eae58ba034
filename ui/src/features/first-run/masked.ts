/** A stretch of pasted text; a secret one is not shown. */
export interface PastedPart {
  text: string;
  secret: boolean;
}

/** Where a password stands: after -P or --pw, quoted or not, and between user and host of an address. */
const SECRETS = /((?:^|\s)(?:-P|--pw)(?:\s+|=)?)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s]+)|(:\/\/[^\s/@:]*:)([^\s@]+)(?=@)/g;

/** Takes pasted text apart, so that it can be shown without its password. */
export function pastedParts(text: string): PastedPart[] {
  const parts: PastedPart[] = [];
  let last = 0;
  for (const found of text.matchAll(SECRETS)) {
    const before = found[1] ?? found[3] ?? "";
    const start = found.index + before.length;
    if (start > last) parts.push({ text: text.slice(last, start), secret: false });
    last = found.index + found[0].length;
    parts.push({ text: text.slice(start, last), secret: true });
  }
  if (last < text.length) parts.push({ text: text.slice(last), secret: false });
  return parts;
}
