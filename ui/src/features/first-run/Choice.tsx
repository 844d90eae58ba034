import { useId, type ReactNode } from "react";
import { Icon, type IconName } from "@/components/icon";
import { Kbd } from "@/components/text";
import styles from "./FirstRun.module.css";

interface ChoiceProps {
  icon: IconName;
  title: string;
  text: string;
  /** The key that chooses it. */
  keys: string;
  action?: ReactNode;
  children: ReactNode;
}

/** One way to begin. */
export function Choice({ icon, title, text, keys, action, children }: ChoiceProps) {
  const id = useId();
  return (
    <section className={styles.choice} aria-labelledby={id}>
      <span className={styles.tile}>
        <Icon name={icon} />
      </span>
      <div className={styles.choiceBody}>
        <div className={styles.choiceHead}>
          <div>
            <h2 className={styles.choiceTitle} id={id}>
              {title} <Kbd keys={keys} />
            </h2>
            <p className={styles.choiceText}>{text}</p>
          </div>
          {action}
        </div>
        {children}
      </div>
    </section>
  );
}
