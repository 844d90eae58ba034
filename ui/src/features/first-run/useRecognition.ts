import { useEffect, useState } from "react";
import type { Recognised } from "@/contract";
import { usePlatform } from "@/platform";

const AFTER_MS = 120;

/** What pasted text was taken for; nothing while there is none. */
export type Recognition = { state: "none" | "reading" } | { state: "understood"; recognised: Recognised } | { state: "unknown"; error: unknown };

/** Has the text read, shortly after its last change. Nothing is saved by this. */
export function useRecognition(text: string): Recognition {
  const platform = usePlatform();
  const [result, setResult] = useState<{ text: string; recognition: Recognition } | null>(null);

  useEffect(() => {
    if (text.trim() === "") return undefined;
    let current = true;
    const timer = setTimeout(() => {
      platform.call("paste.recognise", { text }).then(
        (recognised) => current && setResult({ text, recognition: { state: "understood", recognised } }),
        (error: unknown) => current && setResult({ text, recognition: { state: "unknown", error } }),
      );
    }, AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, platform]);

  if (text.trim() === "") return { state: "none" };
  // While a changed text is read, what is known of the last one stays.
  return result === null ? { state: "reading" } : result.recognition;
}
