import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { FormError } from "@/components/form";
import { useUndo } from "@/components/toast";
import { useCommand } from "@/live";
import styles from "./SettingsPage.module.css";

/** Back to how Hubscope came. */
export function ResetButton() {
  const { t } = useTranslation();
  const undo = useUndo();
  const reset = useCommand("settings.reset");

  function run() {
    reset.mutate({}, { onSuccess: (done) => undo.offer(done, { title: t("settings.wasReset"), icon: "undo" }) });
  }

  return (
    <div className={styles.reset}>
      <Button icon="undo" onClick={run} busy={reset.isPending}>
        {t("settings.reset")}
      </Button>
      <span>{t("settings.resetHint")}</span>
      <FormError error={reset.error} />
    </div>
  );
}
