import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Note } from "@/components/feedback";
import { Field, TextInput } from "@/components/fields";
import { Form, problemsOf } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Device } from "@/contract";

interface RevokeDialogProps {
  device: Device;
  /** The vendor documents this change from here. */
  documented: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (typedName: string) => void;
}

/** Final: asks for the device's name, and begins on the safe button. */
export function RevokeDialog({ device, documented, busy, error, onClose, onConfirm }: RevokeDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const keep = useRef<HTMLButtonElement>(null);
  const same = typed.trim() === device.name;
  const problems = problemsOf(error);
  const ends = device.secrets.find(({ field }) => field === "token")?.ends ?? null;
  const submit = () => same && !busy && onConfirm(typed.trim());
  return (
    <Dialog
      open
      danger
      onClose={onClose}
      icon="forbidden"
      title={t("token.revokeTitle", { name: visibleString(device.name) })}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {t("token.keep")}
          </Button>
          <Button variant="danger-solid" disabled={!same} busy={busy} onClick={submit}>
            {t("token.revoke")}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        <p>{ends === null ? t("token.revokeText") : t("token.revokeTextEnds", { ends })}</p>
        {!documented && <Note tone="warn">{t("token.tryText")}</Note>}
        <Field label={t("token.typeName", { name: visibleString(device.name) })} problem={problems.get("typed_name") ?? null} stacked>
          <TextInput mono value={typed} onChange={setTyped} />
        </Field>
      </Form>
    </Dialog>
  );
}
