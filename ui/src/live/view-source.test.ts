import { expect, test, vi } from "vitest";
import type { Tick, ViewStatus } from "@/contract";
import type { Platform } from "@/platform";
import { liveStore, NO_COUNTERS } from "./store";
import { topics } from "./topics";
import { ViewSource } from "./view-source";

const status = (part: Partial<ViewStatus> = {}): ViewStatus => ({
  view: 7,
  generation: 1,
  first: 0,
  end: 100,
  matching: 100,
  newer: 0,
  unscanned: 0,
  paused: false,
  scan: null,
  ...part,
});

/** A view over a platform whose windows answer with `reply`. */
async function opened(reply: Partial<ViewStatus> = {}) {
  const call = vi.fn((name: string, _request: unknown) => {
    if (name === "view.window") return Promise.resolve({ status: status(reply), rows: [], topics: [{ id: 3, text: "lab/temp" }] });
    return Promise.resolve(status());
  });
  const store = liveStore(() => undefined, (work) => work());
  const source = await ViewSource.open({ call } as unknown as Platform, store, 1, { query: "", device: null, classes: [] });
  const tick = (part: Partial<ViewStatus>) =>
    store.take({ number: 1, revisions: store.get().revisions, counters: NO_COUNTERS, views: [status(part)], jobs: [] } satisfies Tick);
  const heard = vi.fn();
  source.subscribe(heard);
  return { source, call, tick, heard };
}

test("a tick is heard once, and so is a tick that comes after a window that knew more", async () => {
  const { source, tick, heard } = await opened({ end: 200 });
  tick({ end: 150 });
  expect(source.end).toBe(150);
  expect(heard).toHaveBeenCalledTimes(1);
  await source.request(0, 10);
  // Else, under load, every reply would ask for the next window.
  expect(heard).toHaveBeenCalledTimes(1);
});

test("a tick that was overtaken by another filter is not taken", async () => {
  const { source, tick } = await opened();
  tick({ generation: 2, end: 5 });
  tick({ generation: 1, end: 900 });
  expect([source.generation, source.end]).toEqual([2, 5]);
});

test("within a generation the ends only grow", async () => {
  const { source, tick } = await opened();
  tick({ first: 10, end: 300 });
  tick({ first: 5, end: 250, matching: 240 });
  expect([source.first, source.end, source.status.matching]).toEqual([10, 300, 240]);
});

test("a topic's text comes once and stays, until the page says hello anew", async () => {
  const { source } = await opened();
  await source.request(0, 10);
  expect(topics.text(3)).toBe("lab/temp");
  topics.take(2, []);
  expect(topics.text(3)).toBeNull();
  topics.take(2, [{ id: 4, text: "lab/rpm" }]);
  await source.request(0, 10);
  expect([topics.text(3), topics.text(4)]).toEqual([null, "lab/rpm"]);
});

test("a view is closed once and hears nothing more", async () => {
  const { source, call, tick, heard } = await opened();
  source.close();
  source.close();
  tick({ end: 500 });
  expect(heard).not.toHaveBeenCalled();
  expect(call.mock.calls.filter(([name]) => name === "view.close")).toHaveLength(1);
});
