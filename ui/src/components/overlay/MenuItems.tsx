import { Menu as Base } from "@base-ui/react/menu";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import styles from "./menu.module.css";
import popup from "./popup.module.css";

/** One entry of a menu. */
export interface MenuItem {
  label: string;
  icon?: IconName | undefined;
  keys?: string | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  onSelect: () => void;
}

export type MenuEntry = MenuItem | "separator";

/** The entries inside a menu's or a context menu's popup. */
export function MenuItems({ items }: { items: MenuEntry[] }) {
  return items.map((item, index) =>
    item === "separator" ? (
      <Base.Separator key={index} className={styles.separator} />
    ) : (
      <Base.Item
        key={item.label}
        className={cx(popup.choice, styles.item, item.danger && styles.danger)}
        disabled={item.disabled === true}
        onClick={item.onSelect}
      >
        {item.icon !== undefined && <Icon name={item.icon} size={14} className={styles.icon} />}
        <span className={styles.label}>{item.label}</span>
        {item.keys !== undefined && <span className={styles.keys}>{item.keys}</span>}
      </Base.Item>
    ),
  );
}
