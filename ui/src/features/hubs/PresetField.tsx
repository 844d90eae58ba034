import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { HubPreset, UndoId } from "@/contract";
import { useCommand } from "@/live";
import { withoutPreset, withPreset } from "./hubDraft";
import type { PartProps } from "./parts";
import { PRESETS } from "./usePresets";

const EMPTY = "";

/** Known endpoints and white-labels: one fills the form. The user's own can be removed, with undo. */
export function PresetField({ form, presets, onChange }: PartProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useCommand("preset.delete");
  const restore = useCommand("undo.run");
  const [removed, setRemoved] = useState<{ preset: HubPreset; undo: UndoId } | null>(null);
  if (presets.length < 2) return null;
  const options = [{ value: EMPTY, label: t("hubs.presetNone") }, ...presets.map((preset) => ({ value: preset.id, label: nameOf(preset) }))];
  const chosen = presets.find(({ id }) => id === form.details.preset) ?? null;
  const failure = remove.error ?? restore.error;
  const again = () => queries.invalidateQueries({ queryKey: PRESETS });

  function nameOf({ id, name, own }: HubPreset): string {
    return own ? visibleString(name) : t(`hubs.presets.${id}` as "hubs.presets.mqtt", { defaultValue: name });
  }

  function removeChosen(preset: HubPreset) {
    restore.reset();
    remove.mutate(
      { preset: preset.id },
      {
        onSuccess: ({ undo }) => {
          setRemoved({ preset, undo });
          onChange(withoutPreset(form));
          void again();
        },
      },
    );
  }

  function takeBack({ preset, undo }: { preset: HubPreset; undo: UndoId }) {
    restore.mutate(
      { undo },
      {
        onSuccess: () => {
          setRemoved(null);
          onChange(withPreset(form, preset));
          void again();
        },
      },
    );
  }

  return (
    <>
      <Field label={t("hubs.preset")}>
        <Select
          value={chosen?.id ?? EMPTY}
          options={options}
          onChange={(id) => {
            const preset = presets.find((each) => each.id === id);
            onChange(preset === undefined ? withoutPreset(form) : withPreset(form, preset));
          }}
        />
        {chosen?.own === true && (
          <IconButton icon="trash" size="sm" label={t("hubs.removePreset", { name: visibleString(chosen.name) })} onClick={() => removeChosen(chosen)} />
        )}
      </Field>
      {removed !== null && (
        <Note
          tone="quiet"
          action={
            <Button size="sm" icon="undo" busy={restore.isPending} onClick={() => takeBack(removed)}>
              {t("common.undo")}
            </Button>
          }
        >
          {t("hubs.presetRemoved", { name: visibleString(removed.preset.name) })}
        </Note>
      )}
      {failure !== null && <Note tone="bad">{errorText(t, failure).sentence}</Note>}
    </>
  );
}
