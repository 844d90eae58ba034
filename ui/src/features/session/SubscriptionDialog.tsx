import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, FieldProblem, Hub, Problem, Subscription } from "@/contract";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Field, TextInput } from "@/components/fields";
import { filledPairs, NO_OPTIONS, notNumbers, QosChoice } from "@/components/mqtt";
import { Dialog } from "@/components/overlay";
import { useCommand } from "@/live";
import { wireError } from "@/platform";
import { ColourPicker } from "./ColourPicker";
import styles from "./Session.module.css";
import { joinShared, splitShared } from "./shared";
import { SubscribeOptionsFields } from "./SubscribeOptionsFields";

interface SubscriptionDialogProps {
  device: Device;
  hub: Hub;
  /** QoS that a new one of this hub starts with. */
  defaultQos: number;
  /** null: a new one. */
  subscription: Subscription | null;
  confirmKeys: string;
  onClose: () => void;
}

/** Adds or edits a subscription. */
export function SubscriptionDialog({ device, hub, defaultQos, subscription, confirmKeys, onClose }: SubscriptionDialogProps) {
  const { t } = useTranslation();
  const save = useCommand("subscription.save");
  const [filter, setFilter] = useState(() => splitShared(subscription?.filter ?? ""));
  const [options, setOptions] = useState(subscription?.options ?? NO_OPTIONS);
  const [local, setLocal] = useState<readonly FieldProblem[]>([]);
  const [alias, setAlias] = useState(subscription?.alias ?? "");
  const [qos, setQos] = useState(subscription?.qos ?? defaultQos);
  const [colour, setColour] = useState(subscription?.colour ?? null);
  const fields = local.length > 0 ? local : (wireError(save.error)?.fields ?? []);
  const five = device.options.version === "5" && hub.kind !== "azure_iot_hub" && hub.kind !== "azure_dps";
  const problem = (field: string): Problem | null => fields.find((each) => each.field === field)?.problem ?? null;
  const isNew = subscription === null;

  function submit() {
    if (save.isPending) return;
    const wrong = notNumbers("options", { identifier: options.identifier });
    setLocal(wrong);
    if (wrong.length > 0) return;
    save.mutate(
      {
        id: subscription?.id ?? null,
        device: device.id,
        filter: joinShared(filter.group, filter.filter),
        qos,
        colour,
        alias: alias.trim() === "" ? null : alias.trim(),
        enabled: subscription?.enabled ?? true,
        options: { ...options, user_properties: filledPairs(options.user_properties) },
      },
      { onSuccess: onClose },
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t(isNew ? "session.form.add" : "session.form.edit")}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={save.isPending} keys={confirmKeys} onClick={submit}>
            {t(isNew ? "session.form.addButton" : "session.form.save")}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.error !== null && fields.length === 0 && <Note tone="bad" title={errorText(t, save.error).sentence} />}
        <Field label={t("session.form.filter")} hint={t("session.form.filterHint")} problem={problem("filter")}>
          <TextInput mono watchSpace value={filter.filter} onChange={(text) => setFilter(filter.group === "" ? splitShared(text) : { ...filter, filter: text })} />
        </Field>
        <Field label={t("session.form.alias")} hint={t("session.form.aliasHint")} problem={problem("alias")} optional>
          <TextInput value={alias} onChange={setAlias} />
        </Field>
        <Field label={t("session.form.qos")} problem={problem("qos")}>
          <QosChoice value={qos} hub={hub.kind} onChange={setQos} />
        </Field>
        <Field label={t("session.form.colour")} problem={problem("colour")}>
          <ColourPicker value={colour} onChange={setColour} />
        </Field>
        {(hub.kind === "mqtt_broker" || hub.kind === "sandbox") && (
          <Field label={t("mqtt.share")} hint={t("mqtt.shareHint")} optional>
            <TextInput mono watchSpace value={filter.group} onChange={(group) => setFilter({ ...filter, group })} />
          </Field>
        )}
        {five && <SubscribeOptionsFields value={options} shared={filter.group !== ""} problem={(field) => problem(`options.${field}`)} onChange={setOptions} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
