import { expect, test } from "vitest";
import type { Tick } from "@/contract";
import { liveStore, NO_COUNTERS } from "./store";

const REVISIONS = { tree: 1, sessions: 1, settings: 1, sandbox: 1, workspace: 1, tokens: 1, packets: 1, composing: 1, cleared: 1, certificates: 1, diagnoses: 1 };
const tick = (number: number, part: Partial<Tick> = {}): Tick => ({
  number,
  revisions: { ...REVISIONS, tree: number },
  counters: { ...NO_COUNTERS, received: number },
  views: [],
  jobs: [],
  ...part,
});

/** A store whose frames run when the test says so. */
function onFrames() {
  const acknowledged: number[] = [];
  const frames: (() => void)[] = [];
  const store = liveStore(
    (number) => acknowledged.push(number),
    (work) => frames.push(work),
  );
  return { store, acknowledged, frame: () => frames.splice(0).forEach((work) => work()) };
}

test("a tick is applied with the next frame and only then acknowledged", () => {
  const { store, acknowledged, frame } = onFrames();
  let told = 0;
  store.subscribe(() => (told += 1));
  store.take(tick(1));
  expect([store.get().counters.received, acknowledged, told]).toEqual([0, [], 0]);
  frame();
  expect([store.get().counters.received, acknowledged, told]).toEqual([1, [1], 1]);
});

test("views and jobs are merged; what did not change keeps its identity", () => {
  const { store, frame } = onFrames();
  const view = { view: 7, generation: 1, first: 0, end: 5, matching: 5, newer: 0, paused: false, scan: null, unscanned: 0 };
  store.take(tick(1, { views: [view] }));
  frame();
  const { views } = store.get();
  store.take(tick(2));
  frame();
  expect(store.get().views).toBe(views);
  store.take(tick(3, { views: [{ ...view, end: 9 }] }));
  frame();
  expect(store.get().views.get(7)?.end).toBe(9);
  expect(views.get(7)?.end).toBe(5);
});

test("a tick that comes before the answer of client.hello is acknowledged too", () => {
  const { store, acknowledged, frame } = onFrames();
  store.take(tick(4));
  store.restart(REVISIONS);
  expect(acknowledged).toEqual([4]);
  expect(store.get().counters.received).toBe(4);
  expect(store.get().revisions).toEqual(REVISIONS);
  frame();
  expect(acknowledged).toEqual([4]);
  store.take(tick(5));
  frame();
  expect(acknowledged).toEqual([4, 5]);
});
