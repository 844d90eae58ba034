import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { UnlockForm } from "./UnlockForm";
import styles from "./Vault.module.css";

/** In front of the page while the vault is locked. Without the passphrase everything but secrets can be seen. */
export function UnlockScreen({ onSkip }: { onSkip: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const screen = useRef<HTMLElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    screen.current?.querySelector("input")?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <section ref={screen} className={styles.screen} aria-labelledby={id}>
      <div className={styles.box}>
        <header className={styles.head}>
          <span className={styles.tile}>
            <Icon name="lock" size={20} />
          </span>
          <div>
            <h1 className={styles.title} id={id}>
              {t("vault.lockedTitle")}
            </h1>
            <p className={styles.text}>{t("vault.lockedText")}</p>
          </div>
        </header>
        <UnlockForm onSkip={onSkip} />
      </div>
    </section>
  );
}
