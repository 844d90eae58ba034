/** What a key does to a list. */
export type RowsCommand =
  | "previous"
  | "next"
  | "page_up"
  | "page_down"
  | "oldest"
  | "newest"
  | "all"
  | "open";

export interface KeyStroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const NAMED: Record<string, RowsCommand> = {
  ArrowUp: "previous",
  ArrowDown: "next",
  PageUp: "page_up",
  PageDown: "page_down",
  Home: "oldest",
  End: "newest",
  Enter: "open",
  j: "next",
  k: "previous",
  J: "next",
  K: "previous",
};

/** The command of a key in a list, or null when the key is not the list's. `letters`: J and K are. */
export function commandOf(stroke: KeyStroke, letters: boolean): RowsCommand | null {
  const command = stroke.ctrlKey || stroke.metaKey;
  if (stroke.altKey || (!letters && /^[jk]$/i.test(stroke.key))) return null;
  if (command && (stroke.key === "a" || stroke.key === "A")) return "all";
  if (command && stroke.key !== "Home" && stroke.key !== "End") return null;
  return NAMED[stroke.key] ?? null;
}
