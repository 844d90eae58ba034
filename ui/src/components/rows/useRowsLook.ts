import { useMemo } from "react";
import type { Density } from "@/contract";
import { useSettings } from "@/live";
import type { RowRenderer } from "./renderer";

/** Heights of a row in CSS pixels; tokens.css has the same as --h-row. */
const ROW_HEIGHTS: Record<Density, number> = { compact: 24, comfortable: 28 };

/** The height of a row by the chosen density, in CSS pixels. */
export function useRowHeight(): number {
  return ROW_HEIGHTS[useSettings()[0].density];
}

/**
 * The renderer of a list by the chosen density. Rows are painted outside React, so those on screen are made anew when
 * times or words are to look another way.
 */
export function useRowsLook<T>(make: (rowHeight: number) => RowRenderer<T>): RowRenderer<T> {
  const [{ density, time_zone, hour_cycle, language }] = useSettings();
  const renderer = useMemo(() => make(ROW_HEIGHTS[density]), [make, density]);
  const look = [time_zone, hour_cycle, language].join();
  // Another object of the same renderer paints every row again.
  return useMemo(() => ({ ...renderer, look }), [renderer, look]);
}
