/** One line of a text as it is shown; `start` is its place in the text and so rises from line to line. */
export interface TextLine {
  start: number;
  end: number;
  /** Number of the line in the text, from 1; null for what had to be wrapped. */
  number: number | null;
}

/** Breaks a text at its line ends, and longer lines after `columns` characters. */
export function textLines(text: string, columns: number): TextLine[] {
  const lines: TextLine[] = [];
  let number = 1;
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    wrap(lines, text, start, text[end - 1] === "\r" && feed >= 0 ? end - 1 : end, columns, number);
    number += 1;
    start = end + 1;
  }
  return lines;
}

function wrap(lines: TextLine[], text: string, start: number, end: number, columns: number, number: number): void {
  let from = start;
  do {
    let to = Math.min(end, from + columns);
    // A pair of surrogates is one character and stays together.
    if (to < end && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to -= 1;
    lines.push({ start: from, end: to, number: from === start ? number : null });
    from = to;
  } while (from < end);
}
