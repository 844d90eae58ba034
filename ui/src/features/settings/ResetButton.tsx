import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useToasts } from "@/components/toast";
import { DEFAULT_SETTINGS, useSettings } from "@/live";
import styles from "./SettingsPage.module.css";

/** Back to how Hubscope came. What guards the vault and the sizes of panes are no taste and stay. */
export function ResetButton() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [settings, change] = useSettings();

  function reset() {
    change(({ panes, vault_idle_minutes }) => ({ ...DEFAULT_SETTINGS, panes, vault_idle_minutes }));
    const back = () => change(({ panes, vault_idle_minutes }) => ({ ...settings, panes, vault_idle_minutes }));
    toasts.show({ tone: "neutral", icon: "undo", title: t("settings.wasReset"), action: { label: t("common.undo"), run: back } });
  }

  return (
    <p className={styles.reset}>
      <Button icon="undo" onClick={reset}>
        {t("settings.reset")}
      </Button>
      <span>{t("settings.resetHint")}</span>
    </p>
  );
}
