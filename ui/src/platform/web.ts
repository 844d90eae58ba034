import type { Error as WireError, Tick } from "@/contract";
import { listeners } from "./listeners";
import { CommandError, LinkLost, type Link, type Platform } from "./platform";

/** A text frame of the web shell: an answer to `id`, or a tick. */
type Frame = { id: number; ok: unknown } | { id: number; error: WireError } | { tick: Tick };

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
/** Close code of a shell that does not take the token: it was started again with another one. */
const POLICY_VIOLATION = 1008;

/** The web shell: one socket, the token first, then numbered calls. Connects again for as long as the page lives. */
export function webPlatform(token: string, address: string): Platform {
  const ticks = listeners<Tick>();
  const links = listeners<Link>();
  const waiting = new Map<number, Waiting>();
  let link: Link = "connecting";
  let socket: WebSocket | null = null;
  let lastId = 0;
  let attempt = 0;

  function setLink(next: Link) {
    if (next === link) return;
    link = next;
    links.tell(next);
  }

  function connect() {
    const opened = new WebSocket(address);
    let heard = false;
    opened.binaryType = "arraybuffer";
    opened.onopen = () => {
      opened.send(JSON.stringify({ token }));
      socket = opened;
      setLink("open");
    };
    opened.onmessage = (message: MessageEvent<string | ArrayBuffer>) => {
      heard = true;
      attempt = 0;
      receive(message.data);
    };
    opened.onclose = ({ code }) => {
      socket = null;
      for (const call of waiting.values()) call.reject(new LinkLost());
      waiting.clear();
      if (code === POLICY_VIOLATION && !heard) {
        setLink("refused");
        return;
      }
      setLink("lost");
      setTimeout(connect, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt));
      attempt += 1;
    };
  }

  function receive(data: string | ArrayBuffer) {
    if (typeof data !== "string") {
      settle(new DataView(data).getUint32(0, true), (call) => call.resolve(data.slice(4)));
      return;
    }
    const frame = JSON.parse(data) as Frame;
    if ("tick" in frame) ticks.tell(frame.tick);
    else if ("error" in frame) settle(frame.id, (call) => call.reject(new CommandError(frame.error)));
    else settle(frame.id, (call) => call.resolve(frame.ok));
  }

  function settle(id: number, how: (call: Waiting) => void) {
    const call = waiting.get(id);
    waiting.delete(id);
    if (call !== undefined) how(call);
  }

  function request<T>(name: string, body: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      if (socket === null) {
        reject(new LinkLost());
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve: resolve as (value: unknown) => void, reject });
      socket.send(JSON.stringify({ id: lastId, name, request: body }));
    });
  }

  connect();
  return {
    kind: "web",
    call: (name, body) => request(name, body),
    bytes: (name, body) => request<ArrayBuffer>(name, body),
    onTick: ticks.add,
    onLink(listener) {
      listener(link);
      return links.add(listener);
    },
    onMenu: () => () => undefined,
    openWindow({ device, part }) {
      const query = device === null ? "window=new" : `window=${part}&device=${device}`;
      // Without an opener: the new page is a client of its own and gets the token as the first one did.
      window.open(`${location.pathname}?${query}#${token}`, "_blank", "popup,noopener,width=1200,height=800");
      return Promise.resolve();
    },
    look({ zoom }) {
      document.documentElement.style.zoom = `${zoom}%`;
    },
  };
}

const TOKEN_KEY = "hubscope.token";

/**
 * The token of this page: from the fragment, which leaves the address and the history at once, or, after a reload,
 * from this tab's own storage.
 */
export function takeToken(): string | null {
  const fragment = location.hash.slice(1);
  if (fragment !== "") {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(TOKEN_KEY, fragment);
    return fragment;
  }
  return sessionStorage.getItem(TOKEN_KEY);
}
