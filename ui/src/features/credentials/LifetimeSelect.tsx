import { useTranslation } from "react-i18next";
import { Select } from "@/components/fields";
import { lifetimes, lifetimeWord } from "./words";

/** How long a SAS token lives. */
export function LifetimeSelect({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      value={String(value)}
      options={lifetimes(value).map((seconds) => ({ value: String(seconds), label: lifetimeWord(t, seconds) }))}
      onChange={(seconds) => onChange(Number(seconds))}
    />
  );
}
