import { expect, test } from "vitest";
import * as scroll from "./scroll";

const extent = (first: number, end: number, viewport = 100): scroll.Extent => ({ first, end, viewport, rowHeight: 24 });

test("the last place shows the newest row wholly at the lower edge", () => {
  expect(scroll.lastPlace(extent(0, 1000))).toEqual({ top: 995, offset: 20 });
  expect(scroll.lastPlace(extent(0, 1000, 96))).toEqual({ top: 996, offset: 0 });
  expect(scroll.lastPlace(extent(7, 9))).toEqual({ top: 7, offset: 0 });
});

test("pixels carry over into rows in both directions and stop at both ends", () => {
  const all = extent(10, 1000);
  expect(scroll.moveBy(all, { top: 10, offset: 0 }, 50)).toEqual({ top: 12, offset: 2 });
  expect(scroll.moveBy(all, { top: 12, offset: 2 }, -3)).toEqual({ top: 11, offset: 23 });
  expect(scroll.moveBy(all, { top: 12, offset: 2 }, -1000)).toEqual({ top: 10, offset: 0 });
  expect(scroll.moveBy(all, { top: 12, offset: 2 }, 1e9)).toEqual(scroll.lastPlace(all));
});

test("a pixel is a pixel also beside the largest ordinal", () => {
  const end = Number.MAX_SAFE_INTEGER;
  const all = extent(0, end);
  const place = { top: end - 100, offset: 0 };
  expect(scroll.moveBy(all, place, 1)).toEqual({ top: end - 100, offset: 1 });
  expect(scroll.moveBy(all, place, -1)).toEqual({ top: end - 101, offset: 23 });
});

test("the thumb and its fraction are each other's inverse", () => {
  const all = extent(0, 50_000_000, 960);
  for (const fraction of [0, 0.1, 0.5, 0.999, 1]) {
    const thumb = scroll.thumbOf(all, scroll.placeAt(all, fraction), 960);
    expect(thumb?.size).toBe(scroll.THUMB_MIN);
    expect(scroll.fractionOfThumb(960, thumb?.size ?? 0, thumb?.start ?? 0)).toBeCloseTo(fraction, 6);
  }
  expect(scroll.placeAt(all, 1)).toEqual(scroll.lastPlace(all));
  expect(scroll.thumbOf(extent(0, 4), { top: 0, offset: 0 }, 100)).toBeNull();
});

test("revealing moves no further than it must", () => {
  const all = extent(0, 1000, 240);
  const place = { top: 100, offset: 5 };
  expect(scroll.reveal(all, place, 105)).toBe(place);
  expect(scroll.reveal(all, place, 100)).toEqual({ top: 100, offset: 0 });
  expect(scroll.reveal(all, place, 110)).toEqual({ top: 101, offset: 0 });
  expect(scroll.reveal(all, place, 3)).toEqual({ top: 3, offset: 0 });
});
