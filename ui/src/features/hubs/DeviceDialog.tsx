import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { Field, TextInput } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Device, Hub } from "@/contract";
import { useCommand } from "@/live";
import { CredentialFields } from "./CredentialFields";
import { deviceDraft, unsendable, type DeviceForm } from "./deviceDraft";
import { Form } from "./Form";
import { SessionFields } from "./SessionFields";
import { useSave } from "./useSave";

interface DeviceDialogProps {
  initial: DeviceForm;
  hub: Hub;
  confirmKeys: string;
  onClose: () => void;
  onSaved: (device: Device) => void;
}

/** Adds or edits a device. A new one starts with a client id of its own. */
export function DeviceDialog({ initial, hub, confirmKeys, onClose, onSaved }: DeviceDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(initial);
  const { busy, error, problems, save } = useSave("device.save", onSaved);
  const { mutate: generate } = useCommand("device.generate_client_id");
  const change = (part: Partial<DeviceForm>) => setForm((old) => ({ ...old, ...part }));
  const problem = (field: string) => problems.get(field) ?? null;
  const submit = () => save(deviceDraft(form), unsendable(form));
  const isNew = initial.id === null;
  const wantsClientId = isNew && initial.clientId === "";

  useEffect(() => {
    if (!wantsClientId) return;
    generate({}, { onSuccess: ({ client_id }) => setForm((old) => (old.clientId === "" ? { ...old, clientId: client_id } : old)) });
  }, [wantsClientId, generate]);

  return (
    <Dialog
      open
      width="wide"
      onClose={onClose}
      icon="plug"
      title={isNew ? t("hubs.addDevice", { hub: visibleString(hub.name) }) : t("hubs.editDevice", { name: visibleString(initial.name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} keys={confirmKeys} onClick={submit}>
            {t(isNew ? "hubs.saveNewDevice" : "common.save")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        <Field label={t("hubs.name")} problem={problem("name")} optional>
          <TextInput value={form.name} placeholder={form.clientId} onChange={(name) => change({ name })} />
        </Field>
        <Field label={t("hubs.clientId")} problem={problem("client_id")}>
          <TextInput mono watchSpace value={form.clientId} onChange={(clientId) => change({ clientId })} />
          <IconButton
            icon="dice"
            label={t("hubs.generate")}
            onClick={() => generate({}, { onSuccess: ({ client_id }) => change({ clientId: client_id }) })}
          />
        </Field>
        <CredentialFields form={form} kind={hub.kind} problems={problems} onChange={change} />
        <SessionFields form={form} problems={problems} onChange={change} />
      </Form>
    </Dialog>
  );
}
