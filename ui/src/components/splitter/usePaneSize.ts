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
  resize: (size: number) => void;
}

/** The remembered size of a pane in CSS pixels. */
export function usePaneSize({ name, initial, min, max }: PaneLimits): PaneSize {
  const [settings, change] = useSettings();
  const resize = useCallback(
    (size: number) => {
      const kept = Math.round(Math.min(max, Math.max(min, size)));
      change((old) => ({ ...old, panes: { ...old.panes, [name]: kept } }));
    },
    [change, name, min, max],
  );
  const size = Math.min(max, Math.max(min, settings.panes[name] ?? initial));
  return { name, initial, min, max, size, resize };
}
