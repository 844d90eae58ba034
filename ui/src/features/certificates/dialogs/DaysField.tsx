import { useTranslation } from "react-i18next";
import { Field, NumberInput } from "@/components/fields";
import type { Problem } from "@/contract";
import { formatDate } from "@/i18n";
import { useClock } from "@/live";
import { MOST_DAYS } from "./days";

interface DaysFieldProps {
  /** Where there are two of them. */
  label?: string | undefined;
  value: number | null;
  onChange: (days: number | null) => void;
  /** Unix seconds: the end of the CA that signs. */
  limit: number | null;
  problem: Problem | undefined;
}

/** How long it is to be valid, with the day on which that ends. */
export function DaysField({ label, value, onChange, limit, problem }: DaysFieldProps) {
  const { t } = useTranslation();
  const hint = useClock((now) => {
    const end = now + (value ?? 0) * 86_400;
    if (limit !== null && end > limit) return t("certificates.beyondIssuer", { date: formatDate(limit) });
    return t("certificates.until", { date: formatDate(end) });
  });
  return (
    <Field label={label ?? t("certificates.days")} problem={problem} hint={value === null ? undefined : hint}>
      <NumberInput value={value} onChange={onChange} min={1} max={MOST_DAYS} unit={t("certificates.daysUnit")} />
    </Field>
  );
}
