import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Problem, Subscription } from "@/contract";
import { Button } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { Field, Segmented, TextInput } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import { useCommand } from "@/live";
import { wireError } from "@/platform";
import { ColourPicker } from "./ColourPicker";
import styles from "./Session.module.css";

interface SubscriptionDialogProps {
  device: Device;
  /** QoS that a new one of this hub starts with. */
  defaultQos: number;
  /** null: a new one. */
  subscription: Subscription | null;
  confirmKeys: string;
  onClose: () => void;
}

/** Adds or edits a subscription. */
export function SubscriptionDialog({ device, defaultQos, subscription, confirmKeys, onClose }: SubscriptionDialogProps) {
  const { t } = useTranslation();
  const save = useCommand("subscription.save");
  const [filter, setFilter] = useState(subscription?.filter ?? "");
  const [alias, setAlias] = useState(subscription?.alias ?? "");
  const [qos, setQos] = useState(subscription?.qos ?? defaultQos);
  const [colour, setColour] = useState(subscription?.colour ?? null);
  const fields = wireError(save.error)?.fields ?? [];
  const problem = (field: string): Problem | null => fields.find((each) => each.field === field)?.problem ?? null;
  const isNew = subscription === null;

  function submit() {
    if (save.isPending) return;
    save.mutate(
      {
        id: subscription?.id ?? null,
        device: device.id,
        filter,
        qos,
        colour,
        alias: alias.trim() === "" ? null : alias.trim(),
        enabled: subscription?.enabled ?? true,
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
          <TextInput mono watchSpace value={filter} onChange={setFilter} />
        </Field>
        <Field label={t("session.form.alias")} hint={t("session.form.aliasHint")} problem={problem("alias")} optional>
          <TextInput value={alias} onChange={setAlias} />
        </Field>
        <Field label={t("session.form.qos")} problem={problem("qos")}>
          <Segmented
            value={String(qos)}
            onChange={(next) => setQos(Number(next))}
            segments={[
              { value: "0", label: "0" },
              { value: "1", label: "1" },
              { value: "2", label: "2", reason: t("session.form.qosTwo") },
            ]}
          />
        </Field>
        <Field label={t("session.form.colour")} problem={problem("colour")}>
          <ColourPicker value={colour} onChange={setColour} />
        </Field>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
