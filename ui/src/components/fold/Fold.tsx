import { useState, type ReactNode } from "react";
import styles from "./Fold.module.css";

interface FoldProps {
  title: string;
  /** What is inside, in a line; shown while it is folded. */
  summary: string;
  /** Unfolded from the start, because something inside is used. */
  used: boolean;
  /** Something inside was refused: it cannot be folded away. */
  wrong?: boolean | undefined;
  children: ReactNode;
}

/** A part of a form that most need not see: folded until it is used. */
export function Fold({ title, summary, used, wrong, children }: FoldProps) {
  const [open, setOpen] = useState(used);
  const shown = open || wrong === true;
  return (
    <details className={styles.fold} open={shown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.head}>
        <span className={styles.title}>{title}</span>
        {!shown && <span className={styles.summary}>{summary}</span>}
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
