import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, TextInput } from "@/components/fields";
import { Form, NO_PROBLEMS } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Device } from "@/contract";

interface SuspendDialogProps {
  device: Device;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (reason: string | null) => void;
}

/** Suspends an endpoint token, with a reason for the history. */
export function SuspendDialog({ device, busy, error, onClose, onConfirm }: SuspendDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const submit = () => !busy && onConfirm(reason.trim() === "" ? null : reason.trim());
  return (
    <Dialog
      open
      onClose={onClose}
      icon="pause"
      title={t("token.suspendTitle", { name: visibleString(device.name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            {t("token.suspend")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={NO_PROBLEMS} onSubmit={submit}>
        <p>{t("token.suspendText")}</p>
        <Field label={t("token.reason")} hint={t("token.reasonHint")} optional stacked>
          <TextInput value={reason} onChange={setReason} maxLength={200} />
        </Field>
      </Form>
    </Dialog>
  );
}
