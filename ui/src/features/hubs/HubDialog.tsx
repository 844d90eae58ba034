import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, Segmented, TextInput } from "@/components/fields";
import { Form, RestoredNote, useRestored, useSave } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Hub, HubKind } from "@/contract";
import { useKeptDraft } from "@/live";
import { AddressFields } from "./AddressFields";
import { ConnectionFields } from "./ConnectionFields";
import { DefaultsFields } from "./DefaultsFields";
import { DetailFields } from "./DetailFields";
import { hubDraft, newHub, unsendable, type HubForm } from "./hubDraft";
import { hubKey, keptHub } from "./kept";
import type { HubPlace } from "./parts";
import { PresetField } from "./PresetField";
import { SavePreset } from "./SavePreset";
import { usePresets } from "./usePresets";

/** A change that the form opens with, and where. */
export interface HubMend {
  place: HubPlace;
  part: Partial<HubForm>;
}

interface HubDialogProps {
  /** The form as it opens. */
  initial: HubForm;
  confirmKeys: string;
  /** What is to be mended, and the field where the focus starts. */
  mend?: HubMend | undefined;
  onClose: () => void;
  onSaved: (hub: Hub) => void;
}

/** Adds or edits a hub. Of the sandbox only the name can be changed: the rest is its own. */
export function HubDialog({ initial, confirmKeys, mend, onClose, onSaved }: HubDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => ({ ...initial, ...mend?.part }));
  const [touched, setTouched] = useState(false);
  const presets = usePresets(form.kind);
  const kept = useKeptDraft(hubKey(initial), touched ? keptHub(form) : null);
  const { busy, error, problems, save } = useSave("hub.save", (hub) => {
    kept.forget();
    onSaved(hub);
  });
  function change(part: Partial<HubForm>) {
    setTouched(true);
    setForm((old) => ({ ...old, ...part }));
  }
  const restored = useRestored(kept.restored, (old) => change({ ...old, ...mend?.part }));
  const submit = () => save(hubDraft(form), unsendable(form));
  const isNew = initial.id === null;
  const parts = { form, problems, presets, place: mend?.place, onChange: change };

  function reset() {
    setTouched(false);
    setForm(initial);
  }

  function cancel() {
    kept.forget();
    onClose();
  }

  return (
    <Dialog
      open
      onClose={cancel}
      icon="server"
      startAt={mend?.place}
      title={isNew ? t(`hubs.add.${form.kind}`) : t("hubs.editHub", { name: visibleString(initial.name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={cancel}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} keys={confirmKeys} onClick={submit}>
            {t(isNew ? "hubs.saveNew" : "common.save")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        {restored && <RestoredNote onReset={reset} />}
        {isNew && (form.kind === "azure_iot_hub" || form.kind === "azure_dps") && (
          <Field label={t("hubs.service")}>
            <Segmented<HubKind>
              value={form.kind}
              segments={[
                { value: "azure_iot_hub", label: t("hubs.iotHub") },
                { value: "azure_dps", label: t("hubs.dps") },
              ]}
              onChange={(kind) => change({ ...newHub(kind), trust: form.trust })}
            />
          </Field>
        )}
        {isNew && <PresetField {...parts} />}
        {!form.sandbox && <AddressFields {...parts} />}
        <Field label={t("hubs.name")} problem={problems.get("name") ?? null} optional={!form.sandbox} hint={t("hubs.nameHint")}>
          <TextInput value={form.name} placeholder={form.transport === "unix" ? form.connection.socket.trim() : form.host.trim()} onChange={(name) => change({ name })} />
        </Field>
        {!form.sandbox && <ConnectionFields {...parts} />}
        {!form.sandbox && <DetailFields {...parts} />}
        {!form.sandbox && <DefaultsFields {...parts} />}
        {!form.sandbox && form.kind === "thingsboard" && <SavePreset form={form} />}
      </Form>
    </Dialog>
  );
}
