import { useEffect, useState } from "react";

/** Whole seconds until a moment (Unix microseconds), never below zero. */
export function useCountdown(until: number): number {
  const left = () => Math.max(0, Math.ceil((until / 1000 - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((until / 1000 - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
