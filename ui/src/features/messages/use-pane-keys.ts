import { useEffect, type RefObject } from "react";

/** Ctrl F (Cmd F) puts the focus into the pane's filter, unless a dialog is open. */
export function usePaneKeys(pane: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const find = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f";
      const field = pane.current?.querySelector<HTMLInputElement>("[data-pane-filter]");
      if (!find || !field || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [pane]);
}
