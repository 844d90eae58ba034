import type { SessionState } from "@/contract";
import { cx } from "../cx";
import styles from "./Mark.module.css";
import { Spinner } from "./Spinner";

export type MarkState = SessionState["state"];

/** The connection mark: every state has a shape of its own, so that it reads without colour. Decorative. */
export function Mark({ state }: { state: MarkState }) {
  if (state === "connecting" || state === "closing") {
    return (
      <span className={cx(styles.mark, styles.busy)}>
        <Spinner size={10} />
      </span>
    );
  }
  return (
    <svg className={cx(styles.mark, styles[state])} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {state === "online" && <circle cx="5" cy="5" r="4" />}
      {state === "idle" && <circle cx="5" cy="5" r="3.3" className={styles.ring} />}
      {state === "waiting" && <path d="M1.8 1h2.2v8H1.8zM6 1h2.2v8H6z" />}
      {state === "failed" && <path d="M5 .8L9.6 9.2H.4z" />}
    </svg>
  );
}
