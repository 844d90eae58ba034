import { useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/i18n";
import { ErrorState } from "../feedback";
import { Icon } from "../icon";
import type { RowsController } from "./controller";
import styles from "./Rows.module.css";

interface RowsFrameProps<T> {
  controller: RowsController<T>;
  empty: ReactNode;
  loading: ReactNode;
}

/** What lies over the rows: the states without rows, and the way back to the newest one. */
export function RowsFrame<T>({ controller, empty, loading }: RowsFrameProps<T>) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(controller.subscribe, controller.snapshot);
  if (state.phase === "empty") return <div className={styles.state}>{empty}</div>;
  if (state.phase === "loading") return loading ? <div className={styles.state}>{loading}</div> : null;
  if (state.phase === "failed") {
    return (
      <div className={styles.state}>
        <ErrorState title={t("rows.failed")} error={state.error} onRetry={() => controller.retry()} />
      </div>
    );
  }
  if (!controller.follows || state.following || state.newer === 0) return null;
  const number = formatNumber(state.newer);
  return (
    <button type="button" className={styles.newer} aria-label={t("rows.toNewest", { number })} onClick={() => controller.follow()}>
      <Icon name="arrow-down" size={12} />
      {t("rows.newer", { number })}
    </button>
  );
}
