import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Field, TextInput } from "@/components/fields";
import { problemsOf } from "@/components/form";
import { visibleString } from "@/components/text";
import { useCommand } from "@/live";
import styles from "./Forms.module.css";
import { hubDraft, unsendable, type HubForm } from "./hubDraft";
import { PRESETS } from "./usePresets";

/** Saves address, TLS and CA of the form as a white-label, to start other hubs from. */
export function SavePreset({ form }: { form: HubForm }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const command = useCommand("preset.save");
  const [name, setName] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const asks = name !== null;

  useEffect(() => {
    if (asks) field.current?.focus();
  }, [asks]);

  const problems = problemsOf(command.error);
  const other = command.error !== null && !problems.has("preset_name") ? command.error : null;

  function save() {
    if (name === null || command.isPending || unsendable(form).length > 0) return;
    command.mutate(
      { name: name.trim(), hub: hubDraft(form) },
      {
        onSuccess: (preset) => {
          setSaved(preset.name);
          setName(null);
          void queries.invalidateQueries({ queryKey: PRESETS });
        },
      },
    );
  }

  function open(next: string | null) {
    command.reset();
    setName(next);
  }

  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{t("hubs.whiteLabel")}</legend>
      {name === null ? (
        <div className={styles.choicesStart}>
          <Button size="sm" icon="plus" onClick={() => open(form.name)}>
            {t("hubs.savePreset")}
          </Button>
          <span className={styles.quiet} role="status">
            {saved === null ? t("hubs.savePresetHint") : t("hubs.presetSaved", { name: visibleString(saved) })}
          </span>
        </div>
      ) : (
        <>
          <Field label={t("hubs.presetName")} problem={problems.get("preset_name") ?? null}>
            <TextInput
              ref={field}
              value={name}
              onChange={setName}
              onKeyDown={(event) => {
                // The form around it would add the hub.
                if (event.key !== "Enter") return;
                event.preventDefault();
                event.stopPropagation();
                save();
              }}
            />
          </Field>
          {other !== null && <Note tone="bad">{problems.size > 0 ? addressProblems() : errorText(t, other).sentence}</Note>}
          <div className={styles.choicesStart}>
            <Button size="sm" variant="primary" busy={command.isPending} reason={unsendable(form).length > 0 ? t("problems.not_a_port") : null} onClick={save}>
              {t("hubs.savePresetNow")}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => open(null)}>
              {t("common.cancel")}
            </Button>
          </div>
        </>
      )}
    </fieldset>
  );

  /** What of the form around is not legal, by its fields' names. */
  function addressProblems(): string {
    const words: Record<string, string> = { host: t("hubs.host"), port: t("hubs.port") };
    return [...problems].map(([of, problem]) => `${words[of] ?? of}: ${t(`problems.${problem}`)}`).join(" ");
  }
}
