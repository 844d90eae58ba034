import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/fields";
import { spanWord } from "@/components/life";
import { VisibleText } from "@/components/text";
import type { CertificateEntry, JobId } from "@/contract";
import type { People } from "../list/people";
import { isOwnAuthority, nameOf } from "../names";
import { useMinute } from "../useCertificates";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit, daysWithin, issuersEnd, usualDays } from "./days";
import { DaysField } from "./DaysField";
import styles from "./Dialogs.module.css";
import { RenewedAuthority } from "./RenewedAuthority";
import { useSubmit } from "./useSubmit";
import { useToday } from "./useToday";

const DAYS = 365;
const AUTHORITY_DAYS = 3_650;

interface RenewDialogProps {
  entries: readonly CertificateEntry[];
  /** Every certificate of the list: their issuers are among them. */
  all: readonly CertificateEntry[];
  people: People;
  confirmKeys: string;
  onClose: () => void;
  onStarted: (job: JobId) => void;
}

/** Certificates in the place of old ones: same name, same key, a new time. Devices get theirs at once; CAs come first. */
export function RenewDialog({ entries, all, people, confirmKeys, onClose, onStarted }: RenewDialogProps) {
  const { t } = useTranslation();
  const today = useToday();
  const minute = useMinute();
  const able = entries.filter(({ renewable }) => renewable);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(able.map(({ certificate }) => certificate.sha256)));
  const picked = able.filter(({ certificate }) => chosen.has(certificate.sha256));
  const authorities = picked.filter(isOwnAuthority);
  const leaves = picked.filter((entry) => !isOwnAuthority(entry));
  const endOf = (below: readonly CertificateEntry[], days: number | null) => issuersEnd(below, all, { authorities, days }, today);
  // What is chosen at first is what can be renewed.
  const [authorityDays, setAuthorityDays] = useState<number | null>(() => daysWithin(usualDays(authorities, AUTHORITY_DAYS), endOf(authorities, null), today));
  const [days, setDays] = useState<number | null>(() => daysWithin(usualDays(leaves, DAYS), endOf(leaves, authorityDays), today));
  const authorityLimit = endOf(authorities, authorityDays);
  const limit = endOf(leaves, authorityDays);
  const fit = (authorities.length === 0 || daysFit(authorityDays, authorityLimit, today)) && (leaves.length === 0 || daysFit(days, limit, today));
  const { busy, error, problems, submit } = useSubmit("certificate.renew", ({ job }) => onStarted(job));
  const devices = leaves.reduce((sum, entry) => sum + entry.devices.length, 0);

  function toggle(sha256: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(sha256);
    else next.delete(sha256);
    setChosen(next);
  }

  function renew() {
    const asked = leaves.length === 0 ? authorityDays : days;
    if (asked === null) return;
    submit({ certificates: picked.map(({ certificate }) => certificate.sha256), days: asked, authority_days: authorities.length === 0 ? null : authorityDays });
  }

  return (
    <ConfirmDialog
      icon="refresh"
      title={t("certificates.renewTitle")}
      action={t("certificates.renewAction", { count: picked.length })}
      keys={confirmKeys}
      busy={busy}
      reason={picked.length === 0 ? t("certificates.renewFirst") : fit ? null : t("certificates.daysFirst")}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={renew}
    >
      <p>{t(entries.every(isOwnAuthority) ? "certificates.renewAuthorityText" : "certificates.renewText")}</p>
      <ul className={styles.choices} aria-label={t("certificates.renewTitle")}>
        {entries.map((entry) => (
          <li key={entry.certificate.sha256} className={styles.choice}>
            <Checkbox checked={chosen.has(entry.certificate.sha256)} reason={entry.renewable ? null : t(isOwnAuthority(entry) ? "certificates.authorityNotRenewable" : "certificates.notRenewable")} onChange={(on) => toggle(entry.certificate.sha256, on)}>
              <VisibleText text={nameOf(entry.certificate)} />
            </Checkbox>
            <span className={styles.quiet}>{leftOf(entry)}</span>
          </li>
        ))}
      </ul>
      {authorities.length > 0 && (
        <DaysField
          label={leaves.length > 0 ? t("certificates.authorityDays") : undefined}
          value={authorityDays}
          onChange={setAuthorityDays}
          limit={authorityLimit}
          problem={problems.get("authority_days")}
        />
      )}
      {(leaves.length > 0 || authorities.length === 0) && (
        <DaysField label={authorities.length > 0 ? t("certificates.deviceDays") : undefined} value={days} onChange={setDays} limit={limit} problem={problems.get("days")} />
      )}
      {devices > 0 && <p className={styles.quiet}>{t("certificates.renewDevices", { count: devices })}</p>}
      {authorities.length > 0 && <RenewedAuthority authorities={authorities} people={people} />}
    </ConfirmDialog>
  );

  function leftOf(entry: CertificateEntry): string {
    if (!entry.renewable) return t(isOwnAuthority(entry) ? "certificates.authorityNotRenewableShort" : "certificates.notRenewableShort");
    const left = entry.certificate.not_after - minute;
    return left > 0 ? t("token.barName", { left: spanWord(t, left) }) : t("certificates.expiredState");
  }
}
