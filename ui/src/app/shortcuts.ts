/** The keys of this system and shell as they are written: a browser keeps Ctrl N for itself. */
export interface KeyNames {
  add: string;
  confirm: string;
}

export function keyNames(platform: string, inBrowser: boolean): KeyNames {
  const command = platform === "macos" ? "Cmd" : "Ctrl";
  return { add: inBrowser ? "Alt N" : `${command} N`, confirm: `${command} Enter` };
}

/** What a key asks of the whole page. */
export type Shortcut = "next-pane" | "previous-pane" | "filter" | "add-hub" | "undo" | "settings" | "close-tab" | "next-tab" | "previous-tab";

/** The shortcut of a key; null when it is none. In a browser Ctrl N, W and Tab belong to the browser: Alt takes their place. */
export function shortcutOf(event: KeyboardEvent, inBrowser: boolean): Shortcut | null {
  const command = event.ctrlKey || event.metaKey;
  const own = inBrowser ? event.altKey && !command : command && !event.altKey;
  if (event.key === "F6") return event.shiftKey ? "previous-pane" : "next-pane";
  if (event.key === "/" && !command && !event.altKey) return "filter";
  if (command && !event.altKey && event.key === "z" && !event.shiftKey) return "undo";
  if (command && event.key === ",") return "settings";
  if (own && event.code === "KeyN") return "add-hub";
  if (own && event.code === "KeyW") return "close-tab";
  if (!inBrowser && event.ctrlKey && event.key === "Tab") return event.shiftKey ? "previous-tab" : "next-tab";
  if (inBrowser && event.altKey && event.key === "PageDown") return "next-tab";
  if (inBrowser && event.altKey && event.key === "PageUp") return "previous-tab";
  return null;
}

/** Whether typing belongs to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable=true], [data-typing]") !== null;
}
