import { useEffect, useRef, useState } from "react";

/** How long a secret stays in sight. */
export const REVEALED_MS = 30_000;

export interface Revealed {
  /** The secret, while it is in sight. */
  text: string | null;
  /** Seconds until it is hidden. */
  secondsLeft: number;
  show: () => void;
  hide: () => void;
}

/**
 * A secret that is in sight for 30 s, and not when the window loses the focus or is hidden. `read` answers null when
 * it could not be had; whoever gives it says why.
 */
export function useRevealed(read: () => Promise<string | null>): Revealed {
  const [shown, setShown] = useState<{ text: string; until: number } | null>(null);
  const [now, setNow] = useState(0);
  const asked = useRef(0);

  function hide() {
    asked.current += 1;
    setShown(null);
  }

  function show() {
    asked.current += 1;
    const mine = asked.current;
    void read().then((text) => {
      if (text === null || mine !== asked.current) return;
      setNow(Date.now());
      setShown({ text, until: Date.now() + REVEALED_MS });
    });
  }

  useEffect(() => {
    if (shown === null) return undefined;
    const drop = () => setShown(null);
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    const end = setTimeout(drop, REVEALED_MS);
    window.addEventListener("blur", drop);
    document.addEventListener("visibilitychange", drop);
    return () => {
      clearInterval(tick);
      clearTimeout(end);
      window.removeEventListener("blur", drop);
      document.removeEventListener("visibilitychange", drop);
    };
  }, [shown]);

  const secondsLeft = shown === null ? 0 : Math.max(0, Math.ceil((shown.until - now) / 1_000));
  return { text: shown?.text ?? null, secondsLeft, show, hide };
}
