import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { CertificateEntry, KeyKind } from "@/contract";
import { nameOf } from "../names";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit, daysWithin } from "./days";
import { DaysField } from "./DaysField";
import { KeyKindField } from "./KeyKindField";
import { useSubmit } from "./useSubmit";
import { useToday } from "./useToday";

const ROOT_DAYS = 3_650;
const ISSUING_DAYS = 1_825;

interface AuthorityDialogProps {
  /** The CA that signs it; null: a root. */
  parent: CertificateEntry | null;
  confirmKeys: string;
  onClose: () => void;
  onMade: (sha256: string) => void;
}

/** A new CA: a root, or one below another. */
export function AuthorityDialog({ parent, confirmKeys, onClose, onMade }: AuthorityDialogProps) {
  const { t } = useTranslation();
  const today = useToday();
  const limit = parent?.certificate.not_after ?? null;
  const [name, setName] = useState("");
  const [key, setKey] = useState<KeyKind>("p256");
  const [days, setDays] = useState<number | null>(parent === null ? ROOT_DAYS : daysWithin(ISSUING_DAYS, limit, today));
  const { busy, error, problems, submit } = useSubmit("authority.create", ({ sha256 }) => onMade(sha256));
  const reason = name.trim() === "" ? t("certificates.nameFirst") : daysFit(days, limit, today) ? null : t("certificates.daysFirst");
  return (
    <ConfirmDialog
      icon="shield-check"
      title={parent === null ? t("certificates.newRootTitle") : t("certificates.newIssuingTitle", { name: visibleString(nameOf(parent.certificate)) })}
      action={t(parent === null ? "certificates.makeRoot" : "certificates.makeIssuing")}
      keys={confirmKeys}
      busy={busy}
      reason={reason}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={() => days !== null && submit({ common_name: name.trim(), parent: parent?.certificate.sha256 ?? null, key, days })}
    >
      <Field label={t("certificates.commonName")} problem={problems.get("common_name")} hint={t(parent === null ? "certificates.rootHint" : "certificates.issuingHint")}>
        <TextInput value={name} onChange={setName} watchSpace />
      </Field>
      <KeyKindField value={key} onChange={setKey} />
      <DaysField value={days} onChange={setDays} limit={limit} problem={problems.get("days")} />
    </ConfirmDialog>
  );
}
