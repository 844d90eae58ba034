import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import { NO_PROBLEMS } from "@/components/form";
import { visibleString } from "@/components/text";
import { useUndo } from "@/components/toast";
import type { CertificateEntry, RevocationReason } from "@/contract";
import { nameOf } from "../names";
import { ConfirmDialog } from "./ConfirmDialog";
import { useSubmit } from "./useSubmit";

const REASONS: RevocationReason[] = ["unspecified", "key_compromise", "superseded", "cessation_of_operation"];

/** Asks why, and says where it counts: only where the CA's revocation list is read. */
export function RevokeDialog({ entry, onClose }: { entry: CertificateEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const undo = useUndo();
  const [reason, setReason] = useState<RevocationReason>("unspecified");
  const name = visibleString(nameOf(entry.certificate));
  const { busy, error, submit } = useSubmit("certificate.revoke", (done) => {
    undo.offer(done, { icon: "forbidden", title: t("certificates.revokedToast", { name }), text: t("certificates.revokedToastText") });
    onClose();
  });
  return (
    <ConfirmDialog
      danger
      icon="forbidden"
      title={t("certificates.revokeTitle", { name })}
      action={t("certificates.revokeAction")}
      busy={busy}
      reason={null}
      error={error}
      problems={NO_PROBLEMS}
      onClose={onClose}
      onSubmit={() => submit({ certificates: [entry.certificate.sha256], reason })}
    >
      <p>{t("certificates.revokeText")}</p>
      {entry.devices.length > 0 && <Note tone="warn">{t("certificates.revokeDevices", { count: entry.devices.length })}</Note>}
      <Field label={t("certificates.reasonLabel")}>
        <Select value={reason} onChange={setReason} options={REASONS.map((each) => ({ value: each, label: t(`certificates.reason.${each}`) }))} />
      </Field>
      <Note tone="quiet">{t("certificates.revokeAzure")}</Note>
    </ConfirmDialog>
  );
}
