import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { deviceItem } from "../../../tests/items";
import type { Move } from "../navigation";
import { useDeletedTabs } from "./useDeletedTabs";

test("tabs of deleted devices close, not those whose device the tree does not have yet", () => {
  const moves: Move[] = [];
  const go = (move: Move) => void moves.push(move);
  const item = deviceItem();
  const trees = [[], [item], [item], []].map((devices) => ({ hubs: [], devices }));
  const { rerender } = renderHook(({ at }) => useDeletedTabs(trees[at]!, at === 2, go), { initialProps: { at: 0 } });
  for (const at of [1, 2]) rerender({ at });
  expect(moves).toEqual([]);
  rerender({ at: 3 });
  expect(moves).toEqual([{ go: "gone", devices: new Set([item.id]) }]);
});
