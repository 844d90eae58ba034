import { useEffect, type RefObject } from "react";

/** Ctrl F (Cmd F) puts the focus into the pane's filter, and so does "/" wherever nothing is typed. */
export function usePaneKeys(pane: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const find = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f";
      const slash = event.key === "/" && pane.current?.contains(document.activeElement) === true && !typing(event.target);
      if (!find && !slash) return;
      const field = pane.current?.querySelector<HTMLInputElement>("[data-filter] input, input[data-filter]");
      if (!field || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [pane]);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}
