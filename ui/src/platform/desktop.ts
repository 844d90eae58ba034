import { Channel, invoke } from "@tauri-apps/api/core";
import type { Error as WireError, Tick } from "@/contract";
import { listeners } from "./listeners";
import { CommandError, type Platform } from "./platform";

/** The desktop app: two Tauri commands, `ticks` once and `rpc` for everything else. */
export function desktopPlatform(): Platform {
  const ticks = listeners<Tick>();
  const channel = new Channel<Tick>();
  channel.onmessage = ticks.tell;
  const menu = listeners<string>();
  const chosen = new Channel<string>();
  chosen.onmessage = menu.tell;
  // Ticks come first: client.hello answers with the state they continue.
  const ready = invoke<void>("ticks", { channel, chosen });

  async function rpc<T>(name: string, request: unknown): Promise<T> {
    try {
      await ready;
      return await invoke<T>("rpc", { name, request });
    } catch (thrown) {
      throw isWireError(thrown) ? new CommandError(thrown) : thrown;
    }
  }

  return {
    kind: "desktop",
    call: (name, request) => rpc(name, request),
    bytes: (name, request) => rpc<ArrayBuffer>(name, request),
    onTick: ticks.add,
    onLink(listener) {
      listener("open");
      return () => undefined;
    },
    onMenu: menu.add,
    openWindow: async (request) => void (await rpc("window.open", request)),
    look(look) {
      // A window that cannot change keeps its look.
      rpc("window.look", look).catch(() => undefined);
    },
  };
}

function isWireError(thrown: unknown): thrown is WireError {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown;
}
