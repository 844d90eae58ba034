import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/icon";
import styles from "./Token.module.css";

interface DiscProps {
  icon: IconName;
  /** What holds. */
  title: string;
  /** What it means, and what can be done. */
  text: ReactNode;
  children?: ReactNode;
}

/** A credential whose time does not run: an icon in a disc in the ring's place. */
export function Disc({ icon, title, text, children }: DiscProps) {
  return (
    <div className={styles.life}>
      <span className={styles.disc}>
        <Icon name={icon} size={20} />
      </span>
      <div className={styles.words}>
        <p className={styles.main}>{title}</p>
        <p className={styles.quiet}>{text}</p>
        {children}
      </div>
    </div>
  );
}
