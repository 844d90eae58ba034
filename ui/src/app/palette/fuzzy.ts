/** A text that matches, how well, and where. */
export interface Match {
  /** The higher the better. */
  score: number;
  /** Places of the letters that matched. */
  at: readonly number[];
}

const START_OF_WORD = 8;
const IN_A_ROW = 10;
const FIRST_LETTER = 4;
const GAP = -0.2;
/** Letters of a text that are looked at. */
const LONGEST = 300;

/**
 * Whether all letters of `query` stand in `text` in this order, spaces aside. Letters in a row and at the beginning of
 * words count more, so that "nw" finds "New window" before "Unknown".
 */
export function fuzzy(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const letters = text.slice(0, LONGEST).toLowerCase();
  if (wanted === "") return { score: 0, at: [] };
  let best: Match | null = null;
  // A match that begins later may be the better one: "dev" in "old device".
  for (let from = letters.indexOf(wanted[0] ?? ""); from >= 0; from = letters.indexOf(wanted[0] ?? "", from + 1)) {
    const match = matchFrom(wanted, letters, from);
    if (match === null) break;
    if (best === null || match.score > best.score) best = match;
  }
  return best;
}

function matchFrom(wanted: string, letters: string, from: number): Match | null {
  const at: number[] = [];
  let score = from === 0 ? FIRST_LETTER : 0;
  for (let place = from, next = 0; next < wanted.length; next += 1) {
    const found = closest(letters, wanted[next] ?? "", place);
    if (found < 0) return null;
    const last = at.at(-1);
    if (startsWord(letters, found)) score += START_OF_WORD;
    if (last !== undefined) score += found === last + 1 ? IN_A_ROW : GAP * (found - last);
    at.push(found);
    place = found + 1;
  }
  return { score: score - letters.length / LONGEST, at };
}

/** The letter right here, else at the beginning of a later word, else the next one. */
function closest(letters: string, letter: string, from: number): number {
  const next = letters.indexOf(letter, from);
  if (next <= from) return next;
  for (let found = next; found >= 0; found = letters.indexOf(letter, found + 1)) if (startsWord(letters, found)) return found;
  return next;
}

function startsWord(letters: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1] ?? "");
}
