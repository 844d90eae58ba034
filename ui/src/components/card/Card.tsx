import type { ReactNode } from "react";
import { useId } from "react";
import styles from "./Card.module.css";

interface CardProps {
  title: string;
  /** Said beside the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled box of things that belong together. */
export function Card({ title, meta, actions, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        <div className={styles.meta}>{meta}</div>
        {actions}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
