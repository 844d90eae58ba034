import type { ReactNode } from "react";
import styles from "./TopBar.module.css";

interface TopBarProps {
  /** The tabs, where there are any. */
  tabs?: ReactNode;
  palette: ReactNode;
}

/** The bar above every screen: tabs at the left, the field of the command palette at the right. */
export function TopBar({ tabs, palette }: TopBarProps) {
  return (
    <div className={styles.bar} data-pane="">
      <div className={styles.tabs}>{tabs}</div>
      {palette}
    </div>
  );
}
