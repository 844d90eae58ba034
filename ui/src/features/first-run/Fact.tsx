import type { ReactNode } from "react";
import styles from "./FirstRun.module.css";

/** A name and what it stands for. */
export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{word}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}
