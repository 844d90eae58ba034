import { expect, test, vi } from "vitest";
import type { LaneStatus } from "@/contract";
import { testPlatform } from "../../../tests/platform";
import { LaneSource } from "./source";

const status = (first: number, end: number): LaneStatus => ({ open: true, first, end, bytes_in: 0, bytes_out: 0 });

test("growth and clearing keep ordinals; a clear that was undone is another list", () => {
  const source = new LaneSource(testPlatform(), "device");
  const heard = vi.fn();
  source.subscribe(heard);
  source.take(status(0, 5));
  source.take(status(0, 5));
  expect(heard).toHaveBeenCalledTimes(1);
  source.take(status(5, 7));
  expect([source.first, source.end, source.generation]).toEqual([5, 7, 1]);
  source.take(status(0, 8));
  expect([source.first, source.end, source.generation]).toEqual([0, 8, 2]);
});

test("a key is found as long as its row is kept", async () => {
  const source = new LaneSource(testPlatform(), "device");
  source.take(status(3, 9));
  expect(await source.locate(2)).toBeNull();
  expect(await source.locate(3)).toBe(3);
  expect(await source.locate(9)).toBeNull();
});
