import { useTranslation } from "react-i18next";
import { Field, Segmented, type Segment } from "@/components/fields";
import type { Settings } from "@/contract";
import { useSettings } from "@/live";
import { Place } from "./Place";

/** Settings that are one word of a few. */
type Words = Pick<Settings, "theme" | "density" | "time_zone" | "hour_cycle">;

interface ChoiceProps<K extends keyof Words> {
  name: K;
  segments: readonly Segment<Words[K]>[];
}

/** One setting of a few words, all in sight. */
export function Choice<K extends keyof Words>({ name, segments }: ChoiceProps<K>) {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  return (
    <Place name={name}>
      <Field label={t(`settings.fields.${name as keyof Words}`)}>
        <Segmented value={settings[name]} segments={segments} onChange={(value) => change((old) => ({ ...old, [name]: value }))} />
      </Field>
    </Place>
  );
}
