import { useSyncExternalStore, type ReactNode } from "react";
import type { RowsController } from "./controller";
import type { RowsLabels } from "./Rows";
import styles from "./Rows.module.css";

interface RowsFrameProps<T> {
  controller: RowsController<T>;
  labels: RowsLabels;
  empty: ReactNode;
  loading: ReactNode;
}

/** What lies over the rows: the states without rows and the way back to the newest one. */
export function RowsFrame<T>({ controller, labels, empty, loading }: RowsFrameProps<T>) {
  const state = useSyncExternalStore(controller.subscribe, controller.snapshot);
  if (state.phase === "empty") return <div className={styles.state}>{empty}</div>;
  if (state.phase === "loading") return loading ? <div className={styles.state}>{loading}</div> : null;
  if (state.phase === "failed") {
    return (
      <div className={styles.state} role="alert">
        <p className={styles.failed}>{labels.failed}</p>
        <button type="button" className={styles.button} onClick={() => controller.retry()}>
          {labels.retry}
        </button>
      </div>
    );
  }
  if (state.following || state.newer === 0) return null;
  return (
    <button type="button" className={styles.newer} onClick={() => controller.follow()}>
      {labels.newer(state.newer)}
    </button>
  );
}
