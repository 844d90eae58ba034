import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Field, NumberInput } from "@/components/fields";
import { formatNumber } from "@/i18n";
import { useCounters, useSettings, useSettingsProblems } from "@/live";
import { Place } from "./Place";

/** In MiB; the engine holds the same bounds and names a value that is out of them. */
const [LEAST, MOST] = [16, 16_384];
const MEBIBYTE = 1024 * 1024;

/** How much memory the log of messages may take. */
export function BudgetCard() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const { log_budget: budget } = useCounters();
  const refused = useSettingsProblems().find(({ field }) => field === "log_mebibytes");
  const [unreadable, setUnreadable] = useState(false);
  return (
    <Card title={t("settings.budgets")}>
      <Place name="log_mebibytes">
        <Field
          label={t("settings.fields.log_mebibytes")}
          hint={t("settings.budgetHint", { least: formatNumber(LEAST), most: formatNumber(MOST) })}
          problem={unreadable ? "out_of_range" : refused?.problem}
        >
          <NumberInput
            value={unreadable ? null : (settings.log_mebibytes ?? Math.round(budget / MEBIBYTE))}
            min={LEAST}
            max={MOST}
            unit={t("settings.mebibytes")}
            onChange={(value) => {
              setUnreadable(value === null);
              if (value !== null) change((old) => ({ ...old, log_mebibytes: value }));
            }}
          />
        </Field>
      </Place>
    </Card>
  );
}
