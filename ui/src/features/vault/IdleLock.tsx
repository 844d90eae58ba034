import { useTranslation } from "react-i18next";
import { Field, Select } from "@/components/fields";
import { useSettings } from "@/live";

/** Minutes to choose from, with the one that is set. */
function choices(set: number | null): number[] {
  const usual = [5, 15, 30, 60, 240];
  return set === null || usual.includes(set) ? usual : [...usual, set].sort((a, b) => a - b);
}

/** After how long without use a passphrase vault locks itself. */
export function IdleLock() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const set = settings.vault_idle_minutes;
  return (
    <Field label={t("vault.idle")} hint={t("vault.idleHint")}>
      <Select
        value={set === null ? "never" : String(set)}
        options={[
          { value: "never", label: t("vault.never") },
          ...choices(set).map((minutes) => ({ value: String(minutes), label: t("vault.afterMinutes", { count: minutes }) })),
        ]}
        onChange={(next) => change((old) => ({ ...old, vault_idle_minutes: next === "never" ? null : Number(next) }))}
      />
    </Field>
  );
}
