import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { DropZone } from "@/components/drop";
import { Note } from "@/components/feedback";
import { Field } from "@/components/fields";
import type { Problem } from "@/contract";
import { formatBytes, formatNumber } from "@/i18n";
import { chooseTextFile, MOST_FILE_BYTES } from "@/platform";
import styles from "./Dialogs.module.css";
import { LONGEST_NAME, MOST_IDS, type ReadIds } from "./ids";
import { IdsInput } from "./IdsInput";

interface IdsFieldProps {
  text: string;
  read: ReadIds;
  problem: Problem | undefined;
  onChange: (text: string) => void;
}

/** Ids of devices: typed, pasted, or from a file that is chosen or dropped; with what was understood. */
export function IdsField({ text, read, problem, onChange }: IdsFieldProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<string | null>(null);
  function take(file: File | null | undefined) {
    if (!file) return;
    if (file.size > MOST_FILE_BYTES) return setRefused(t("certificates.idsFileTooLarge", { limit: formatBytes(MOST_FILE_BYTES) }));
    setRefused(null);
    file.text().then(onChange, () => setRefused(t("certificates.idsFileUnread")));
  }
  const [long] = read.tooLong;
  return (
    <DropZone onFiles={([file]) => take(file)}>
      <Field label={t("certificates.ids")} hint={t("certificates.idsHint")} problem={problem} stacked>
        <IdsInput value={text} onChange={onChange} />
      </Field>
      <Button size="sm" icon="file" onClick={() => void chooseTextFile(".txt,.csv,.tsv").then(take)}>
        {t("common.chooseFile")}
      </Button>
      {refused !== null && <Note tone="bad">{refused}</Note>}
      <p className={styles.quiet} role="status">
        {t("certificates.idsRead", { count: read.ids.length, number: formatNumber(read.ids.length) })}
        {read.repeated > 0 && ` ${t("certificates.idsRepeated", { count: read.repeated })}`}
      </p>
      {long !== undefined && <Note tone="bad">{t("certificates.idTooLong", { id: long.slice(0, LONGEST_NAME), most: LONGEST_NAME })}</Note>}
      {read.ids.length > MOST_IDS && <Note tone="bad">{t("certificates.tooMany", { most: formatNumber(MOST_IDS) })}</Note>}
    </DropZone>
  );
}
