import { useEffect } from "react";
import type { SavedMessage } from "@/contract";

/** The digit of Alt 1 to Alt 9; null for every other key. */
export function savedDigit(event: Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "code">): number | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  // By the place of the key: with Alt some systems write other characters.
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit);
}

/** Alt and a digit load a saved message, wherever the focus is in the page; an open dialog keeps its keys. */
export function useSavedKeys(messages: readonly SavedMessage[], onLoad: (message: SavedMessage) => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const digit = savedDigit(event);
      const message = digit === null ? undefined : messages[digit - 1];
      if (message === undefined || event.defaultPrevented || document.querySelector("[role=dialog]") !== null) return;
      event.preventDefault();
      onLoad(message);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [messages, onLoad]);
}
