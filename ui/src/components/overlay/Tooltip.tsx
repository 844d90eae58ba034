import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Kbd } from "../text/Kbd";
import styles from "./Tooltip.module.css";

interface TooltipProps {
  text: string;
  keys?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The one element it explains. */
  children: ReactElement<Record<string, unknown>>;
}

/** A word about one element, on hover and on focus. */
export function Tooltip({ text, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {text}
            {keys !== undefined && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
