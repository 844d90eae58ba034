import type { ReactNode } from "react";
import { useId } from "react";
import styles from "./Card.module.css";

interface CardProps {
  title: string;
  /** Said beside the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** What can be done with all of it, below. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A titled box of things that belong together. */
export function Card({ title, meta, actions, footer, children }: CardProps) {
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
      {footer !== undefined && footer !== null && footer !== false && <footer className={styles.footer}>{footer}</footer>}
    </section>
  );
}
