import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../button/Button";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import { Spinner } from "../icon/Spinner";
import { VisibleText } from "../text/VisibleText";
import { errorText } from "./errorText";
import styles from "./States.module.css";

interface EmptyStateProps {
  icon: IconName;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show here, and what can be done about it. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <Icon name={icon} size={20} className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {text !== undefined && <div className={styles.text}>{text}</div>}
      {action}
    </div>
  );
}

interface ErrorStateProps {
  /** What a command was rejected with. */
  error: unknown;
  /** What could not be done; the error's own sentence by itself. */
  title?: string | undefined;
  onRetry?: (() => void) | undefined;
}

/** What failed, why, and the way on. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const { sentence, hint, detail } = errorText(t, error);
  return (
    <div className={styles.state} role="alert">
      <Icon name="warning" size={20} className={styles.bad} />
      <p className={styles.title}>{title ?? sentence}</p>
      {title !== undefined && <p className={styles.text}>{sentence}</p>}
      {hint !== null && <p className={styles.text}>{hint}</p>}
      {detail !== null && (
        <p className={styles.detail}>
          <VisibleText text={detail} />
        </p>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{t("common.retry")}</Button>}
    </div>
  );
}

interface LoadingStateProps {
  title?: string | undefined;
  /** A real count: "61,000 of 184,201". */
  text?: string | undefined;
  onStop?: { label: string; run: () => void } | undefined;
}

/** Being fetched. Comes into sight only when it takes longer than a blink. */
export function LoadingState({ title, text, onStop }: LoadingStateProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status">
      <Spinner size={20} />
      <p className={styles.title}>{title ?? t("common.loading")}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {onStop !== undefined && (
        <Button icon="stop" onClick={onStop.run}>
          {onStop.label}
        </Button>
      )}
    </div>
  );
}
