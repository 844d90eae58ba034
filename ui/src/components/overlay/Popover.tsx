import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cx } from "../cx";
import popup from "./popup.module.css";
import styles from "./Popover.module.css";

interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  title: string;
  side?: "top" | "bottom" | undefined;
  onOpen?: (() => void) | undefined;
  children: ReactNode;
}

/** Details that open from a button. */
export function Popover({ trigger, title, side = "bottom", onOpen, children }: PopoverProps) {
  return (
    <Base.Root onOpenChange={(open) => open && onOpen?.()}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} sideOffset={6} align="start" collisionPadding={8}>
          <Base.Popup className={cx(popup.popup, styles.popup)}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
