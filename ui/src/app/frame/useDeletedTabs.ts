import { useEffect, useRef, type Dispatch } from "react";
import type { DeviceId, Tree } from "@/contract";
import type { Move } from "../navigation";

/**
 * Closes the tabs of devices that leave the tree. Not of whatever the tree lacks: a device may be opened a moment before
 * the tree that has it is here.
 */
export function useDeletedTabs(tree: Tree, loading: boolean, go: Dispatch<Move>): void {
  const known = useRef<readonly DeviceId[]>([]);

  useEffect(() => {
    if (loading) return;
    const devices = new Set(tree.devices.map(({ id }) => id));
    const gone = known.current.filter((id) => !devices.has(id));
    known.current = [...devices];
    if (gone.length > 0) go({ go: "gone", devices: new Set(gone) });
  }, [tree, loading, go]);
}
