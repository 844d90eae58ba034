import type { BytesTable, CommandTable, Error as WireError, Tick, WindowLook, WindowOpen } from "@/contract";

/** How the page reaches the engine: "refused" when the shell no longer takes this page's token. */
export type Link = "connecting" | "open" | "lost" | "refused";

/** What the page needs from the shell it runs in. */
export interface Platform {
  readonly kind: "desktop" | "web";
  /** Answers a command; rejects with `CommandError` or `LinkLost`. */
  call<K extends keyof CommandTable>(name: K, request: CommandTable[K]["request"]): Promise<CommandTable[K]["response"]>;
  bytes<K extends keyof BytesTable>(name: K, request: BytesTable[K]["request"]): Promise<ArrayBuffer>;
  /** Hears every tick until the returned function is called. */
  onTick(listener: (tick: Tick) => void): () => void;
  /** Hears changes of the link; the present one is told at once. */
  onLink(listener: (link: Link) => void): () => void;
  /** Hears what is chosen in the menu bar of this window, by the id it was sent with. */
  onMenu(listener: (action: string) => void): () => void;
  /** Opens another window with a page of its own. */
  openWindow(request: WindowOpen): Promise<void>;
  /** Zooms this page, and sets the theme of what the system draws around it. */
  look(look: WindowLook): void;
}

/** The engine answered a command with an error. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(readonly error: WireError) {
    super(error.message);
  }
}

/** The way to the engine broke before the answer came; nothing is known about the command. */
export class LinkLost extends Error {
  override readonly name = "LinkLost";
}

/** The engine's error inside whatever was thrown, if it is one. */
export function wireError(thrown: unknown): WireError | null {
  return thrown instanceof CommandError ? thrown.error : null;
}
