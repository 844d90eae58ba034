import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, Segmented, TextInput } from "@/components/fields";
import { Form, useSave } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Hub, HubKind } from "@/contract";
import { AddressFields } from "./AddressFields";
import { ConnectionFields } from "./ConnectionFields";
import { DetailFields } from "./DetailFields";
import { hubDraft, newHub, unsendable, type HubForm } from "./hubDraft";
import { PresetField } from "./PresetField";
import { SavePreset } from "./SavePreset";
import { usePresets } from "./usePresets";

interface HubDialogProps {
  /** The form as it opens. */
  initial: HubForm;
  confirmKeys: string;
  onClose: () => void;
  onSaved: (hub: Hub) => void;
}

/** Adds or edits a hub. Of the sandbox only the name can be changed: the rest is its own. */
export function HubDialog({ initial, confirmKeys, onClose, onSaved }: HubDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(initial);
  const presets = usePresets(form.kind);
  const { busy, error, problems, save } = useSave("hub.save", onSaved);
  const change = (part: Partial<HubForm>) => setForm((old) => ({ ...old, ...part }));
  const submit = () => save(hubDraft(form), unsendable(form));
  const isNew = initial.id === null;
  const parts = { form, problems, presets, onChange: change };

  return (
    <Dialog
      open
      onClose={onClose}
      icon="server"
      title={isNew ? t(`hubs.add.${form.kind}`) : t("hubs.editHub", { name: visibleString(initial.name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} keys={confirmKeys} onClick={submit}>
            {t(isNew ? "hubs.saveNew" : "common.save")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        {isNew && (form.kind === "azure_iot_hub" || form.kind === "azure_dps") && (
          <Field label={t("hubs.service")}>
            <Segmented<HubKind>
              value={form.kind}
              segments={[
                { value: "azure_iot_hub", label: t("hubs.iotHub") },
                { value: "azure_dps", label: t("hubs.dps") },
              ]}
              onChange={(kind) => setForm({ ...newHub(kind), ca: form.ca })}
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
        {!form.sandbox && form.kind === "thingsboard" && <SavePreset form={form} />}
      </Form>
    </Dialog>
  );
}
