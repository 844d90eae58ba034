import { ContextMenu as BaseContext } from "@base-ui/react/context-menu";
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cx } from "../cx";
import styles from "./menu.module.css";
import { MenuItems, type MenuEntry } from "./MenuItems";
import popup from "./popup.module.css";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuEntry[];
  align?: "start" | "end" | undefined;
}

/** A menu under a button. */
export function Menu({ trigger, items, align = "start" }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} align={align}>
          <Base.Popup className={cx(popup.popup, styles.popup)}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ContextMenuProps {
  items: MenuEntry[];
  /** The element whose context menu it is. */
  area: ReactElement<Record<string, unknown>>;
  children?: ReactNode;
}

/** The menu of the right button, of Shift F10 and of the menu key. */
export function ContextMenu({ items, area, children }: ContextMenuProps) {
  return (
    <BaseContext.Root disabled={items.length === 0}>
      <BaseContext.Trigger render={area}>{children}</BaseContext.Trigger>
      <BaseContext.Portal>
        <BaseContext.Positioner className={popup.positioner}>
          <BaseContext.Popup className={cx(popup.popup, styles.popup)}>
            <MenuItems items={items} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}
