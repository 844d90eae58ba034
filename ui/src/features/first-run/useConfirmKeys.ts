import { useEffect, useLayoutEffect, useRef } from "react";

/**
 * Ctrl Enter (Cmd Enter) runs it from anywhere on the page: after a paste nothing has the focus. An open dialog or
 * menu keeps its keys.
 */
export function useConfirmKeys(run: (() => void) | null): void {
  const latest = useRef(run);

  // With the paint and not after it: who sees the offer may press at once.
  useLayoutEffect(() => {
    latest.current = run;
  });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      if (latest.current === null || document.querySelector("[role=dialog], [role=menu]") !== null) return;
      event.preventDefault();
      latest.current();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
