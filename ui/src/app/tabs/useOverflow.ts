import { useEffect, useState, type RefObject } from "react";

/** Whether an element holds more than it is wide; looked at again when its size or `count` changes. */
export function useOverflow(box: RefObject<HTMLElement | null>, count: number): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === "undefined") return undefined;
    const look = () => setOverflows(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, count]);
  return overflows;
}
