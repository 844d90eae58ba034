import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, TextInput } from "@/components/fields";
import { Form, RestoredNote, useRestored, useSave } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Device, Hub } from "@/contract";
import { useCommand, useKeptDraft } from "@/live";
import { ClientIdField } from "./ClientIdField";
import { ConnectBox } from "./ConnectBox";
import { CredentialFields } from "./CredentialFields";
import styles from "./Credentials.module.css";
import { deviceDraft, unsendable } from "./draft";
import { editDevice, newDevice, type DeviceForm } from "./form";
import { deviceKey, keptDevice } from "./kept";
import { KindSwitch } from "./KindSwitch";
import { problemOf } from "./parts";
import { SessionFields } from "./SessionFields";

/** A change that the form opens with, and where. */
export interface DeviceMend {
  place: "credential" | "certificate" | "clientId" | "version";
  part: Partial<DeviceForm>;
}

interface DeviceDialogProps {
  hub: Hub;
  /** null: a new one. */
  device: Device | null;
  confirmKeys: string;
  /** What is to be mended, and the field where the focus starts. */
  mend?: DeviceMend | undefined;
  onClose: () => void;
  onSaved: (device: Device) => void;
}

/** Adds or edits a device: its names, what proves it, how its session is kept. */
export function DeviceDialog({ hub, device, confirmKeys, mend, onClose, onSaved }: DeviceDialogProps) {
  const { t } = useTranslation();
  const [initial] = useState(() => (device === null ? newDevice(hub) : editDevice(device)));
  const [form, setForm] = useState(() => ({ ...initial, ...mend?.part }));
  // A client id that was made for the form is no work of the user's.
  const [touched, setTouched] = useState(false);
  const kept = useKeptDraft(deviceKey(hub, device), touched ? keptDevice(form) : null);
  const restored = useRestored(kept.restored, (old) => change({ ...old, ...mend?.part }));
  const { busy, error, problems, save } = useSave("device.save", (saved) => {
    kept.forget();
    onSaved(saved);
  });
  const { mutate: generate } = useCommand("device.generate_client_id");
  function change(part: Partial<DeviceForm>) {
    setTouched(true);
    setForm((old) => ({ ...old, ...part }));
  }

  function cancel() {
    kept.forget();
    onClose();
  }

  const draft = deviceDraft(form, device);
  const submit = () => save(draft, unsendable(form));
  const isNew = device === null;
  // Azure's ids are given by the hub, where the device must exist first.
  const wantsClientId = isNew && hub.kind !== "azure_iot_hub" && hub.kind !== "azure_dps";

  useEffect(() => {
    if (!wantsClientId) return;
    generate({}, { onSuccess: ({ client_id }) => setForm((old) => (old.clientId === "" ? { ...old, clientId: client_id } : old)) });
  }, [wantsClientId, generate]);

  const parts = { form, hub, device, problems, onChange: change };
  return (
    <Dialog
      open
      width="wide"
      onClose={cancel}
      icon="plug"
      startAt={mend?.place}
      title={isNew ? t("credentials.addDevice", { hub: visibleString(hub.name) }) : t("credentials.editDevice", { name: visibleString(device.name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={cancel}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} keys={confirmKeys} onClick={submit}>
            {t(isNew ? "credentials.saveNewDevice" : "common.save")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        {restored && <RestoredNote onReset={() => setForm(initial)} />}
        <Field label={t("hubs.name")} problem={problemOf(problems, "name")} optional>
          <TextInput value={form.name} placeholder={form.clientId} onChange={(name) => change({ name })} />
        </Field>
        <div data-place="clientId">
          <ClientIdField {...parts} />
        </div>
        <fieldset className={styles.section} data-place="credential">
          <legend className={styles.legend}>{t("credentials.kind")}</legend>
          <div>
            <KindSwitch kind={hub.kind} value={form.method} onChange={(method) => change({ method })} />
          </div>
          <CredentialFields {...parts} />
        </fieldset>
        <SessionFields form={form} hub={hub} problems={problems} onChange={change} />
        <ConnectBox draft={draft} hub={hub} stored={device?.credential_set ?? null} open />
      </Form>
    </Dialog>
  );
}
