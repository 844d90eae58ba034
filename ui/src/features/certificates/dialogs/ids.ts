/** Longest common name (RFC 5280, appendix A: ub-common-name). */
export const LONGEST_NAME = 64;
/** Certificates that the engine issues at once. */
export const MOST_IDS = 10_000;

export interface ReadIds {
  ids: string[];
  /** Ids that were there more than once; each counts once. */
  repeated: number;
  /** Ids that no certificate can carry as its name. */
  tooLong: string[];
}

/**
 * Device ids from pasted text or a file: one a line, or the first column of a table. Empty lines and those that begin
 * with # are left out.
 */
export function readIds(text: string): ReadIds {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const all = lines.filter((line) => line !== "" && !line.startsWith("#")).map(firstCell).filter((id) => id !== "");
  const ids = [...new Set(all)];
  return { ids, repeated: all.length - ids.length, tooLong: ids.filter((id) => [...id].length > LONGEST_NAME) };
}

function firstCell(line: string): string {
  const [cell = ""] = line.split(/[,;\t]/);
  return cell.trim().replace(/^"(.*)"$/, "$1");
}
