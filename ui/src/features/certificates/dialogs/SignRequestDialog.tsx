import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Fact, Facts } from "@/components/facts";
import { errorText, Note } from "@/components/feedback";
import { Field, Select, TextInput } from "@/components/fields";
import { PemField, pemSource, type Pem } from "@/components/pem";
import { VisibleText, visibleString } from "@/components/text";
import type { CertificateEntry } from "@/contract";
import { useAnswer } from "@/live";
import { nameOf } from "../names";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit, daysWithin } from "./days";
import { DaysField } from "./DaysField";
import styles from "./Dialogs.module.css";
import { useSubmit } from "./useSubmit";
import { useToday } from "./useToday";

const DAYS = 365;

interface SignRequestDialogProps {
  authority: CertificateEntry;
  authorities: readonly CertificateEntry[];
  confirmKeys: string;
  onClose: () => void;
  onMade: (sha256: string) => void;
}

/** Somebody else's request, read first, then signed: only its name and key are taken from it. */
export function SignRequestDialog({ authority, authorities, confirmKeys, onClose, onMade }: SignRequestDialogProps) {
  const { t } = useTranslation();
  const today = useToday();
  const [signer, setSigner] = useState(authority.certificate.sha256);
  const limit = (authorities.find(({ certificate }) => certificate.sha256 === signer) ?? authority).certificate.not_after;
  const [pem, setPem] = useState<Pem>(null);
  const [name, setName] = useState("");
  const [days, setDays] = useState<number | null>(daysWithin(DAYS, limit, today));
  const source = pemSource(pem);
  const read = useAnswer("request.read", source === null ? null : { source });
  const facts = read.error === null && !read.pending ? read.answer : null;
  const { busy, error, problems, submit } = useSubmit("request.sign", ({ sha256 }) => onMade(sha256));
  return (
    <ConfirmDialog
      icon="edit"
      title={t("certificates.signRequestTitle")}
      action={t("certificates.signRequestAction")}
      keys={confirmKeys}
      busy={busy}
      reason={facts === null ? t("certificates.requestFirst") : daysFit(days, limit, today) ? null : t("certificates.daysFirst")}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={() => source !== null && days !== null && submit({ authority: signer, source, common_name: name.trim() === "" ? null : name.trim(), days })}
    >
      <PemField label={t("certificates.request")} purpose="certificate_request" hint={t("certificates.requestHint")} value={pem} onChange={setPem} />
      {source !== null && read.error !== null && !read.pending && <Unreadable error={read.error} />}
      {facts !== null && (
        <div className={styles.sunken} aria-live="polite">
          <Facts>
            <Fact name={t("certificates.subject")}>
              <VisibleText text={facts.subject} className="mono" />
            </Fact>
            <Fact name={t("certificates.key")}>{facts.key}</Fact>
          </Facts>
          <p className={styles.quiet}>{t("certificates.requestHeard")}</p>
        </div>
      )}
      <Field label={t("certificates.signedBy")}>
        <Select value={signer} onChange={setSigner} options={authorities.map(({ certificate }) => ({ value: certificate.sha256, label: visibleString(nameOf(certificate)) }))} />
      </Field>
      <Field label={t("certificates.commonName")} problem={problems.get("common_name")} hint={t("certificates.otherNameHint")} optional>
        <TextInput value={name} onChange={setName} mono placeholder={facts?.common_name ?? ""} />
      </Field>
      <DaysField value={days} onChange={setDays} limit={limit} problem={problems.get("days")} />
    </ConfirmDialog>
  );
}

/** Why what was given cannot be read. */
export function Unreadable({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint, detail } = errorText(t, error);
  return (
    <Note tone="bad" title={sentence}>
      {hint ?? detail}
    </Note>
  );
}
