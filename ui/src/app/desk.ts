import { useEffect, useRef, useState, type Dispatch } from "react";
import type { Desk, Tree } from "@/contract";
import { usePlatform } from "@/platform";
import type { Move, Navigation } from "./navigation";
import { useRecent, type Recent } from "./palette/useRecent";
import { WINDOW } from "./windows/look";

const SAVE_AFTER_MS = 400;

/**
 * The tabs of the last time, and what was used last. The first window remembers both; another one begins with what it
 * was opened for and forgets its own.
 */
export function useDesk(navigation: Navigation, go: Dispatch<Move>, tree: Tree, loading: boolean): Recent {
  const platform = usePlatform();
  const used = useRecent();
  const { recent, recall } = used;
  const [restored, setRestored] = useState(false);
  const saved = useRef("");
  const { tabs, current } = navigation;

  useEffect(() => {
    if (loading || restored) return undefined;
    let shown = true;
    function restore(desk: Desk) {
      if (!shown) return;
      const known = new Set(tree.devices.map(({ id }) => id));
      const there = desk.tabs.filter((device) => known.has(device));
      recall(desk.recent);
      if (WINDOW.kind === "first") {
        go({ go: "restore", tabs: there, current: desk.current !== null && known.has(desk.current) ? desk.current : (there[0] ?? null) });
      } else if (WINDOW.kind === "device") go({ go: "device", device: WINDOW.device });
      setRestored(true);
    }
    platform.call("desk.get", {}).then(restore, () => restore({ tabs: [], current: null, recent: [] }));
    return () => {
      shown = false;
    };
  }, [platform, tree, loading, restored, go, recall]);

  useEffect(() => {
    if (!restored || WINDOW.kind !== "first") return undefined;
    const desk: Desk = { tabs: [...tabs], current, recent: recent.filter((entry) => !entry.startsWith("topic:")) };
    const text = JSON.stringify(desk);
    if (text === saved.current) return undefined;
    const timer = setTimeout(() => {
      saved.current = text;
      // A read-only workspace keeps nothing; the tabs are there until the window closes.
      platform.call("desk.set", desk).catch(() => undefined);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [platform, restored, tabs, current, recent]);

  return used;
}
