import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import type { CertificateRequest, KeyKind } from "@/contract";
import { ConfirmDialog } from "./ConfirmDialog";
import { KeyKindField } from "./KeyKindField";
import { useSubmit } from "./useSubmit";

interface RequestDialogProps {
  confirmKeys: string;
  onClose: () => void;
  onMade: (request: CertificateRequest) => void;
}

/** A key and a request for a certificate that another CA is to issue. */
export function RequestDialog({ confirmKeys, onClose, onMade }: RequestDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [key, setKey] = useState<KeyKind>("p256");
  const { busy, error, problems, submit } = useSubmit("request.create", onMade);
  return (
    <ConfirmDialog
      icon="edit"
      title={t("certificates.newRequestTitle")}
      action={t("certificates.makeRequest")}
      keys={confirmKeys}
      busy={busy}
      reason={name.trim() === "" ? t("certificates.nameFirst") : null}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={() => submit({ common_name: name.trim(), key })}
    >
      <p>{t("certificates.newRequestText")}</p>
      <Field label={t("certificates.commonName")} problem={problems.get("common_name")} hint={t("certificates.deviceNameHint")}>
        <TextInput value={name} onChange={setName} mono watchSpace />
      </Field>
      <KeyKindField value={key} onChange={setKey} />
    </ConfirmDialog>
  );
}
