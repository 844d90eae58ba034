import { expect, test, vi } from "vitest";
import type { RowReply, RowSource } from "./source";
import { RowWindow } from "./window";

interface Row {
  ordinal: number;
}

/** A source whose replies are given by hand. */
function source() {
  const asked: { from: number; count: number; reply: (reply: RowReply<Row>) => void; fail: (why: unknown) => void }[] = [];
  const made: RowSource<Row> & { generation: number } = {
    first: 0,
    end: 1_000_000,
    generation: 1,
    filling: false,
    request: (from, count) => new Promise((reply, fail) => asked.push({ from, count, reply, fail })),
    locate: () => Promise.resolve(null),
    ordinal: (row) => row.ordinal,
    key: (row) => row.ordinal,
    unsettled: () => false,
    subscribe: () => () => undefined,
  };
  const answer = async (generation = 1) => {
    const request = asked.shift();
    request?.reply({ generation, rows: Array.from({ length: request.count }, (_, i) => ({ ordinal: request.from + i })) });
    await new Promise((done) => setTimeout(done));
  };
  return { made, asked, answer };
}

test("one request is on its way, and of the next ones only the latest is sent", async () => {
  const { made, asked, answer } = source();
  const listener = { loaded: vi.fn(), failed: vi.fn() };
  const window = new RowWindow(made, listener);
  for (let from = 0; from < 900_000; from += 1000) window.want(from, 40);
  expect(asked.map((request) => request.from)).toEqual([0]);
  await answer();
  expect(asked.map((request) => request.from)).toEqual([899_000]);
  await answer();
  expect(asked).toEqual([]);
  expect(window.covers(899_000, 899_040)).toBe(true);
  expect(window.get(0)).toBeUndefined();
});

test("a reply of another generation is dropped", async () => {
  const { made, answer } = source();
  const listener = { loaded: vi.fn(), failed: vi.fn() };
  const window = new RowWindow(made, listener);
  window.want(0, 40);
  made.generation = 2;
  expect(window.renew()).toBe(true);
  await answer(1);
  expect(listener.loaded).not.toHaveBeenCalled();
  expect(window.size).toBe(0);
});

test("a failure is told once and does not block the next request", async () => {
  const { made, asked, answer } = source();
  const listener = { loaded: vi.fn(), failed: vi.fn() };
  const window = new RowWindow(made, listener);
  window.want(0, 40);
  asked.shift()?.fail(new Error("lost"));
  await new Promise((done) => setTimeout(done));
  expect(listener.failed).toHaveBeenCalledOnce();
  window.want(0, 40);
  await answer();
  expect(window.covers(0, 40)).toBe(true);
});

test("however far one scrolls, few rows are held", async () => {
  const { made, answer } = source();
  const window = new RowWindow(made, { loaded: vi.fn(), failed: vi.fn() });
  for (let from = 0; from < 20_000; from += 100) {
    window.want(from, 500);
    await answer();
  }
  expect(window.size).toBeLessThanOrEqual(2500);
});
