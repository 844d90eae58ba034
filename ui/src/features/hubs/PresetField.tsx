import { useTranslation } from "react-i18next";
import { Field, Select } from "@/components/fields";
import { withPreset } from "./hubDraft";
import type { PartProps } from "./parts";

const EMPTY = "";

/** Known endpoints and white-labels: one fills the form. */
export function PresetField({ form, presets, onChange }: PartProps) {
  const { t } = useTranslation();
  if (presets.length < 2) return null;
  const options = [{ value: EMPTY, label: t("hubs.presetNone") }, ...presets.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <Field label={t("hubs.preset")}>
      <Select
        value={form.details.preset ?? EMPTY}
        options={options}
        onChange={(id) => {
          const preset = presets.find((each) => each.id === id);
          onChange(preset === undefined ? { details: { ...form.details, preset: null } } : withPreset(form, preset));
        }}
      />
    </Field>
  );
}
