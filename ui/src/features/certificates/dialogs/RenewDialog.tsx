import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/fields";
import { spanWord } from "@/components/life";
import { VisibleText } from "@/components/text";
import type { CertificateEntry, JobId } from "@/contract";
import { isOwnAuthority, nameOf } from "../names";
import { useMinute } from "../useCertificates";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit, daysWithin } from "./days";
import { DaysField } from "./DaysField";
import styles from "./Dialogs.module.css";
import { useSubmit } from "./useSubmit";
import { useToday } from "./useToday";

const DAYS = 365;

interface RenewDialogProps {
  entries: readonly CertificateEntry[];
  /** Every certificate of the list: their issuers are among them. */
  all: readonly CertificateEntry[];
  confirmKeys: string;
  onClose: () => void;
  onStarted: (job: JobId) => void;
}

/** Certificates in the place of old ones: same name, same key, a new time. Devices get theirs at once. */
export function RenewDialog({ entries, all, confirmKeys, onClose, onStarted }: RenewDialogProps) {
  const { t } = useTranslation();
  const today = useToday();
  const minute = useMinute();
  const able = entries.filter(({ renewable }) => renewable);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(able.map(({ certificate }) => certificate.sha256)));
  const picked = able.filter(({ certificate }) => chosen.has(certificate.sha256));
  const ends = picked.flatMap(({ issued_by }) => all.find(({ certificate }) => certificate.sha256 === issued_by)?.certificate.not_after ?? []);
  const limit = ends.length === 0 ? null : Math.min(...ends);
  const [days, setDays] = useState<number | null>(() => daysWithin(usualDays(able), limit, today));
  const { busy, error, problems, submit } = useSubmit("certificate.renew", ({ job }) => onStarted(job));
  const devices = picked.reduce((sum, entry) => sum + entry.devices.length, 0);

  function toggle(sha256: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(sha256);
    else next.delete(sha256);
    setChosen(next);
  }

  return (
    <ConfirmDialog
      icon="refresh"
      title={t("certificates.renewTitle")}
      action={t("certificates.renewAction", { count: picked.length })}
      keys={confirmKeys}
      busy={busy}
      reason={picked.length === 0 ? t("certificates.renewFirst") : daysFit(days, limit, today) ? null : t("certificates.daysFirst")}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={() => days !== null && submit({ certificates: picked.map(({ certificate }) => certificate.sha256), days })}
    >
      <p>{t("certificates.renewText")}</p>
      <ul className={styles.choices} aria-label={t("certificates.renewTitle")}>
        {entries.map((entry) => (
          <li key={entry.certificate.sha256} className={styles.choice}>
            <Checkbox checked={chosen.has(entry.certificate.sha256)} reason={entry.renewable ? null : t(isOwnAuthority(entry) ? "certificates.authorityStays" : "certificates.notRenewable")} onChange={(on) => toggle(entry.certificate.sha256, on)}>
              <VisibleText text={nameOf(entry.certificate)} />
            </Checkbox>
            <span className={styles.quiet}>{leftOf(entry)}</span>
          </li>
        ))}
      </ul>
      <DaysField value={days} onChange={setDays} limit={limit} problem={problems.get("days")} />
      {devices > 0 && <p className={styles.quiet}>{t("certificates.renewDevices", { count: devices })}</p>}
    </ConfirmDialog>
  );

  function leftOf(entry: CertificateEntry): string {
    if (!entry.renewable) return t(isOwnAuthority(entry) ? "certificates.authorityStaysShort" : "certificates.notRenewableShort");
    const left = entry.certificate.not_after - minute;
    return left > 0 ? t("token.barName", { left: spanWord(t, left) }) : t("certificates.expiredState");
  }
}

/** As long as the longest of them was valid. */
function usualDays(entries: readonly CertificateEntry[]): number {
  const days = entries.map(({ certificate }) => Math.round((certificate.not_after - certificate.not_before) / 86_400));
  return days.length === 0 ? DAYS : Math.max(1, ...days);
}
