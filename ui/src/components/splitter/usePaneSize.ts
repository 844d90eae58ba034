import { useCallback } from "react";
import { useSettings } from "@/live";

export interface PaneLimits {
  /** Its key in Settings.panes. */
  name: string;
  initial: number;
  min: number;
  max: number;
}

export interface PaneSize extends PaneLimits {
  size: number;
  /** Sets the size from the one it has now: keys may repeat faster than the page renders. */
  resize: (next: (size: number) => number) => void;
}

/** The remembered size of a pane in CSS pixels. */
export function usePaneSize({ name, initial, min, max }: PaneLimits): PaneSize {
  const [settings, change] = useSettings();
  const within = useCallback((size: number) => Math.round(Math.min(max, Math.max(min, size))), [min, max]);
  const resize = useCallback(
    (next: (size: number) => number) => {
      change((old) => ({ ...old, panes: { ...old.panes, [name]: within(next(within(old.panes[name] ?? initial))) } }));
    },
    [change, name, initial, within],
  );
  const size = within(settings.panes[name] ?? initial);
  return { name, initial, min, max, size, resize };
}
