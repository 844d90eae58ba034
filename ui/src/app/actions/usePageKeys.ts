import { useEffect, useLayoutEffect, useRef } from "react";
import { actionStore, useKeys } from "@/components/actions";
import { usePlatform } from "@/platform";

/** Keys and the system's menu bar run the page's actions. An open dialog keeps both to itself; the palette closes by its key. */
export function usePageKeys(): void {
  const platform = usePlatform();
  const keys = useKeys();
  const latest = useRef(keys);

  useLayoutEffect(() => {
    latest.current = keys;
  });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      const id = latest.current.of(event);
      if (id === null || isShut(id)) return;
      if (actionStore.run(id, "keys")) event.preventDefault();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  useEffect(
    () =>
      platform.onMenu((name) => {
        const id = [...actionStore.get().keys()].find((each) => each === name);
        if (id !== undefined && !isShut(id)) actionStore.run(id, "menu bar");
      }),
    [platform],
  );
}

/** Whether a dialog, or a page that waits to be unlocked, is in front of the action. */
function isShut(id: string): boolean {
  if (document.querySelector("[data-modal], [inert] main") !== null) return true;
  return document.querySelector("[data-palette]") !== null && id !== "openPalette";
}
