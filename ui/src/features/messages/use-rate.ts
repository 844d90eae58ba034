import { useEffect, useState } from "react";
import type { ViewSource } from "@/live";

/** New rows of a view during the last second, paused or not. */
export function useRate(source: ViewSource | null): number {
  const [rate, setRate] = useState(0);
  useEffect(() => {
    if (!source) return undefined;
    const reach = () => ({ generation: source.generation, filling: source.filling, rows: source.end + source.status.newer, at: performance.now() });
    let last = reach();
    const timer = setInterval(() => {
      const now = reach();
      const comparable = now.generation === last.generation && !now.filling && !last.filling;
      setRate(comparable ? Math.round(((now.rows - last.rows) * 1000) / (now.at - last.at)) : 0);
      last = now;
    }, 1000);
    return () => clearInterval(timer);
  }, [source]);
  return source ? rate : 0;
}
