import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemsOf } from "@/components/form";
import { visibleString } from "@/components/text";
import type { CertificateEntry } from "@/contract";
import { usePlatform } from "@/platform";
import { nameOf } from "../names";
import { useExportFile } from "../useExportFile";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit } from "./days";
import { DaysField } from "./DaysField";
import { useToday } from "./useToday";

const DAYS = 30;

interface RevocationListDialogProps {
  entry: CertificateEntry;
  /** Certificates of this CA that are revoked. */
  revoked: number;
  confirmKeys: string;
  onClose: () => void;
}

/** Writes the revocation list of a CA, which is due anew after some days. */
export function RevocationListDialog({ entry, revoked, confirmKeys, onClose }: RevocationListDialogProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const today = useToday();
  const { busy, write } = useExportFile();
  const [days, setDays] = useState<number | null>(DAYS);
  const [error, setError] = useState<unknown>(null);
  const problems = problemsOf(error);

  function submit() {
    if (days === null) return;
    setError(null);
    write(() => platform.call("authority.revocation_list", { authority: entry.certificate.sha256, days })).then((done) => done && onClose(), setError);
  }

  return (
    <ConfirmDialog
      icon="list"
      title={t("certificates.revocationListTitle", { name: visibleString(nameOf(entry.certificate)) })}
      action={t("certificates.revocationListAction")}
      keys={confirmKeys}
      busy={busy}
      reason={daysFit(days, null, today) ? null : t("certificates.daysFirst")}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("certificates.revocationListText", { count: revoked })}</p>
      <DaysField value={days} onChange={setDays} limit={null} problem={problems.get("days")} />
    </ConfirmDialog>
  );
}
