import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocketServer, type WebSocket as Peer } from "ws";
import type { Tick } from "@/contract";
import { CommandError, LinkLost, type Link } from "./platform";
import { takeToken, webPlatform } from "./web";

let server: WebSocketServer;
let peers: Peer[];
let heard: unknown[];

/** What the shell does with a text frame. */
let answer: (frame: { token?: string; id?: number; name?: string }, peer: Peer) => void;

beforeEach(async () => {
  peers = [];
  heard = [];
  answer = () => undefined;
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (peer) => {
    peers.push(peer);
    peer.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { id?: number };
      heard.push(frame);
      answer(frame, peer);
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
});

afterEach(() => {
  for (const peer of peers) peer.close(1008);
  server.close();
});

function start(token = "t") {
  const links: Link[] = [];
  const platform = webPlatform(token, `ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket`);
  platform.onLink((link) => links.push(link));
  return { platform, links };
}

const opened = (links: Link[], times = 1) => vi.waitFor(() => expect(links.filter((link) => link === "open")).toHaveLength(times));

test("the token goes first; answers, errors and bytes find their calls", async () => {
  answer = ({ id, name }, peer) => {
    if (id === undefined) return;
    if (name === "tree.get") peer.send(JSON.stringify({ id, ok: { hubs: [], devices: [] } }));
    else if (name === "message.payload") {
      const frame = Buffer.from([0, 0, 0, 0, 7, 8]);
      frame.writeUInt32LE(id);
      peer.send(frame);
    } else peer.send(JSON.stringify({ id, error: { code: "not_found", message: "", detail: null, hint: null, retryable: false, fields: [] } }));
  };
  const { platform, links } = start("secret");
  await opened(links);
  const [tree, bytes, refused] = await Promise.allSettled([
    platform.call("tree.get", {}),
    platform.bytes("message.payload", { seq: 1, offset: 0, length: 2 }),
    platform.call("hub.delete", { hub: "h" }),
  ]);
  expect(heard[0]).toEqual({ token: "secret" });
  expect(tree).toMatchObject({ value: { hubs: [], devices: [] } });
  expect(bytes.status === "fulfilled" && [...new Uint8Array(bytes.value)]).toEqual([7, 8]);
  expect(refused.status === "rejected" && refused.reason).toBeInstanceOf(CommandError);
});

test("ticks are told to everyone who listens", async () => {
  answer = (frame, peer) => {
    if (frame.token !== undefined) peer.send(JSON.stringify({ tick: { number: 3 } }));
  };
  const ticks: Tick[] = [];
  const { platform } = start();
  platform.onTick((tick) => ticks.push(tick));
  await vi.waitFor(() => expect(ticks).toEqual([{ number: 3 }]));
});

test("a lost link fails what waits, says so, and is made again", async () => {
  const { platform, links } = start();
  await opened(links);
  const waiting = platform.call("tree.get", {});
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  peers[0]?.terminate();
  await expect(waiting).rejects.toBeInstanceOf(LinkLost);
  await expect(platform.call("tree.get", {})).rejects.toBeInstanceOf(LinkLost);
  await opened(links, 2);
  expect(links).toEqual(["connecting", "open", "lost", "open"]);
  // The page's socket is open before the server has heard its token.
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ token: "t" }));
});

test("a refused token ends it: no guessing", async () => {
  answer = (_, peer) => peer.close(1008, "the token is wrong or missing");
  const { links } = start("old");
  await vi.waitFor(() => expect(links.at(-1)).toBe("refused"));
  expect(heard).toEqual([{ token: "old" }]);
});

test("the token leaves the address at once and outlives a reload in this tab only", () => {
  history.replaceState(null, "", "/?locale=pseudo#abc");
  expect(takeToken()).toBe("abc");
  expect(location.href).toMatch(/\/\?locale=pseudo$/);
  expect(takeToken()).toBe("abc");
  sessionStorage.clear();
  expect(takeToken()).toBeNull();
});
