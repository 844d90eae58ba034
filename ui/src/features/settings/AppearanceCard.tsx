import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Field, Segmented, Select } from "@/components/fields";
import type { Density, Language, Theme } from "@/contract";
import { useSettings } from "@/live";
import { Choice } from "./Choice";
import { Place } from "./Place";

const THEMES: Theme[] = ["system", "light", "dark"];
const DENSITIES: Density[] = ["compact", "comfortable"];
const LANGUAGES: Language[] = ["system", "en", "de"];
/** Percent. */
const FONT_SCALES = ["90", "100", "110", "120", "130"];

/** How the page looks and which language it speaks. */
export function AppearanceCard() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  return (
    <Card title={t("settings.appearance")}>
      <Choice name="theme" segments={THEMES.map((value) => ({ value, label: t(`settings.${value}`) }))} />
      <Choice name="density" segments={DENSITIES.map((value) => ({ value, label: t(`settings.densities.${value}`) }))} />
      <Place name="font_scale">
        <Field label={t("settings.fields.font_scale")}>
          <Segmented
            value={String(settings.font_scale)}
            segments={FONT_SCALES.map((value) => ({ value, label: t("settings.percent", { value }) }))}
            onChange={(value) => change((old) => ({ ...old, font_scale: Number(value) }))}
          />
        </Field>
      </Place>
      <Place name="language">
        <Field label={t("settings.fields.language")}>
          <Select
            value={settings.language}
            options={LANGUAGES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
            onChange={(language) => change((old) => ({ ...old, language }))}
          />
        </Field>
      </Place>
    </Card>
  );
}
