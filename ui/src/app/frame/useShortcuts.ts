import { useEffect, type Dispatch } from "react";
import { useUndo } from "@/components/toast";
import type { Move, Navigation } from "../navigation";
import { focusFilter, focusPane, rememberPaneFocus } from "../panes";
import { isTyping, shortcutOf, type Shortcut } from "../shortcuts";

/** The keys that work everywhere in the frame; an open dialog keeps its keys. */
export function useShortcuts(navigation: Navigation, go: Dispatch<Move>, inBrowser: boolean): void {
  const undo = useUndo();
  const { dialog, current } = navigation;

  useEffect(() => rememberPaneFocus(), []);

  useEffect(() => {
    function run(shortcut: Shortcut, event: KeyboardEvent): boolean {
      switch (shortcut) {
        case "next-pane":
        case "previous-pane":
          focusPane(shortcut === "next-pane" ? 1 : -1);
          return true;
        case "filter":
          return !isTyping(event.target) && focusFilter();
        case "undo":
          if (isTyping(event.target)) return false;
          undo.last();
          return true;
        case "add-hub":
          go({ go: "dialog", dialog: { kind: "add-hub", hubKind: "mqtt_broker" } });
          return true;
        case "settings":
          go({ go: "section", section: "settings" });
          return true;
        case "close-tab":
          if (current !== null) go({ go: "close-tab", device: current });
          return current !== null;
        case "next-tab":
        case "previous-tab":
          go({ go: "next-tab", step: shortcut === "next-tab" ? 1 : -1 });
          return true;
      }
    }
    function onKeyDown(event: KeyboardEvent) {
      if (dialog !== null || event.defaultPrevented) return;
      const shortcut = shortcutOf(event, inBrowser);
      if (shortcut !== null && run(shortcut, event)) event.preventDefault();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [dialog, current, go, inBrowser, undo]);
}
