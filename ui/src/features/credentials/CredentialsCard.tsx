import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { useSecretExits } from "@/components/fields";
import { FormError, useSave } from "@/components/form";
import type { Device, Hub } from "@/contract";
import { CardFooter } from "./CardFooter";
import { ChangeKindDialog } from "./ChangeKindDialog";
import { ConnectBox } from "./ConnectBox";
import { CredentialFields } from "./CredentialFields";
import styles from "./Credentials.module.css";
import { deviceDraft, unsendable } from "./draft";
import { KindSwitch } from "./KindSwitch";
import { methodOf, type Method } from "./methods";
import { SasBox } from "./SasBox";
import { useUnsavedForm } from "./unsaved";
import { UnsavedNote } from "./UnsavedNote";

/** Forms that leave room for what CONNECT carries; behind the others it waits to be opened, and the token's state stays in sight. */
const SHORT: ReadonlySet<Method> = new Set<Method>(["none", "access_token", "basic", "provision"]);

interface CredentialsCardProps {
  device: Device;
  hub: Hub;
}

/** What proves the device's identity: shown as far as it may be, changed in place, saved or discarded as a whole. */
export function CredentialsCard({ device, hub }: CredentialsCardProps) {
  const { t } = useTranslation();
  const { form, changed, change, discard } = useUnsavedForm(device);
  const { busy, error, problems, save, forget } = useSave("device.save", discard);
  const exits = useSecretExits({ device: device.id });
  const [asking, setAsking] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const stored = methodOf(device);
  const draft = deviceDraft(form, device);
  const sas = ["shared_access_key", "group_key", "sas_token"].includes(stored) && form.method === stored && device.secrets.length > 0;

  useEffect(() => {
    if (problems.size > 0) body.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);

  function submit() {
    if (form.method !== stored && device.secrets.length > 0) setAsking(true);
    else save(draft, unsendable(form));
  }

  return (
    <Card
      title={t("device.credentials")}
      actions={<KindSwitch kind={hub.kind} value={form.method} onChange={(method) => change({ method })} />}
      footer={
        (changed || exits !== null) && (
          <CardFooter
            exits={exits}
            changed={changed}
            busy={busy}
            problems={problems.size}
            connectionString={hub.kind === "azure_iot_hub" && device.credential.kind === "x509"}
            onSave={submit}
            onDiscard={() => {
              forget();
              discard();
            }}
          />
        )
      }
    >
      <div ref={body} className={styles.card}>
        <FormError error={error} />
        <CredentialFields form={form} hub={hub} device={device} problems={problems} onChange={change} />
        {changed && error === null && <UnsavedNote form={form} device={device} />}
        {sas && <SasBox device={device} hub={hub} />}
        <ConnectBox draft={draft} hub={hub} stored={device.credential_set} open={SHORT.has(form.method)} />
      </div>
      {asking && (
        <ChangeKindDialog
          device={device}
          kind={hub.kind}
          from={stored}
          to={form.method}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            save(draft, unsendable(form));
          }}
        />
      )}
    </Card>
  );
}
