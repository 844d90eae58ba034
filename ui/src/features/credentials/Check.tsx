import type { ReactNode } from "react";
import { cx } from "@/components/cx";
import { Icon } from "@/components/icon";
import styles from "./Credentials.module.css";

/** Something that was compared, and how it came out. */
export function Check({ good, children }: { good: boolean; children: ReactNode }) {
  return (
    <span className={cx(styles.checked, good ? styles.ok : styles.warn)}>
      <Icon name={good ? "check" : "warning"} size={12} />
      <span>{children}</span>
    </span>
  );
}
