import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, NumberInput, Switch, TextInput } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Hub } from "@/contract";
import { CaField } from "./CaField";
import { Form } from "./Form";
import styles from "./Forms.module.css";
import { hubDraft, unsendable, withTls, type HubForm } from "./hubDraft";
import { useSave } from "./useSave";

interface HubDialogProps {
  /** The form as it opens. */
  initial: HubForm;
  confirmKeys: string;
  onClose: () => void;
  onSaved: (hub: Hub) => void;
}

const TITLES = { mqtt_broker: "hubs.addBroker", thingsboard: "hubs.addThingsBoard", sandbox: "hubs.addBroker" } as const;

/** Adds or edits a hub. The sandbox's address belongs to the sandbox; only its name can be changed. */
export function HubDialog({ initial, confirmKeys, onClose, onSaved }: HubDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(initial);
  const { busy, error, problems, save } = useSave("hub.save", onSaved);
  const change = (part: Partial<HubForm>) => setForm((old) => ({ ...old, ...part }));
  const problem = (field: string) => problems.get(field) ?? null;
  const submit = () => save(hubDraft(form), unsendable(form));
  const isNew = initial.id === null;
  const own = form.kind === "sandbox";

  return (
    <Dialog
      open
      onClose={onClose}
      icon="server"
      title={isNew ? t(TITLES[form.kind]) : t("hubs.editHub", { name: visibleString(initial.name) })}
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
        {!own && (
          <>
            <Field label={t("hubs.host")} problem={problem("host")}>
              <TextInput mono value={form.host} placeholder={t("hubs.hostExample")} watchSpace onChange={(host) => change({ host })} />
            </Field>
            <Field label={t("hubs.port")} problem={problem("port")}>
              <NumberInput value={form.port} min={1} max={65_535} onChange={(port) => change({ port })} />
            </Field>
            <Field label={t("hubs.tls")} problem={problem("tls")}>
              <Switch checked={form.tls} onChange={(tls) => setForm((old) => withTls(old, tls))} />
              <span className={form.tls ? styles.quiet : styles.warn}>{t(form.tls ? "hubs.tlsOn" : "hubs.tlsOff")}</span>
            </Field>
            {form.tls && <CaField form={form} problem={problem("ca")} onChange={(ca) => change({ ca })} />}
          </>
        )}
        <Field label={t("hubs.name")} problem={problem("name")} optional={!own} hint={t("hubs.nameHint")}>
          <TextInput value={form.name} placeholder={form.host.trim()} onChange={(name) => change({ name })} />
        </Field>
      </Form>
    </Dialog>
  );
}
