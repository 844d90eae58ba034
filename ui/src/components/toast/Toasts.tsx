import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import popup from "../overlay/popup.module.css";
import { clock } from "./clock";
import { ToastContext } from "./context";
import { toastStore, type ShownToast, type ToastStore } from "./store";
import styles from "./Toasts.module.css";

const LIFE_MS = 10_000;
const ICONS = { ok: "check", bad: "error", neutral: "info" } as const;

/** Holds the toasts and shows them at the lower left. */
export function ToastProvider({ children, store }: { children: ReactNode; store?: ToastStore | undefined }) {
  const { t } = useTranslation();
  const [toasts] = useState(() => store ?? toastStore());
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <ToastContext value={toasts}>
      {children}
      <section className={styles.region} aria-label={t("common.notifications")} aria-live="polite">
        {shown.map((toast) => (
          <Toast key={toast.id} toast={toast} onEnd={() => toasts.dismiss(toast.id)} />
        ))}
      </section>
    </ToastContext>
  );
}

function Toast({ toast, onEnd }: { toast: ShownToast; onEnd: () => void }) {
  const { t } = useTranslation();
  const [time] = useState(() => clock(LIFE_MS, performance.now()));
  const [left, setLeft] = useState(LIFE_MS);

  useEffect(() => {
    const timer = setInterval(() => {
      const now = time.left(performance.now());
      setLeft(now);
      if (now === 0) onEnd();
    }, 250);
    return () => clearInterval(timer);
  });

  return (
    <div
      className={cx(popup.popup, styles.toast)}
      role="group"
      aria-label={toast.title}
      onPointerEnter={() => time.hold(performance.now())}
      onPointerLeave={() => time.release(performance.now())}
      onFocus={(event) => !event.currentTarget.contains(event.relatedTarget) && time.hold(performance.now())}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && time.release(performance.now())}
    >
      <Icon name={toast.icon ?? ICONS[toast.tone]} className={cx(styles.icon, styles[toast.tone])} />
      <div className={styles.words}>
        <p className={styles.title}>{toast.title}</p>
        {toast.text !== undefined && <p className={styles.text}>{toast.text}</p>}
      </div>
      {toast.action !== undefined && (
        <Button variant="ghost" size="sm" className={styles.action} onClick={toast.action.run}>
          {toast.action.label}
          <span className={styles.left} aria-hidden="true">
            {t("common.secondsLeft", { count: Math.ceil(left / 1000) })}
          </span>
        </Button>
      )}
      <IconButton icon="close" label={t("common.dismiss")} size="sm" onClick={onEnd} />
    </div>
  );
}
