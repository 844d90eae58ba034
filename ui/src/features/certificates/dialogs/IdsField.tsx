import { useTranslation } from "react-i18next";
import { DropZone } from "@/components/drop";
import { Note } from "@/components/feedback";
import { Field } from "@/components/fields";
import type { Problem } from "@/contract";
import { formatNumber } from "@/i18n";
import styles from "./Dialogs.module.css";
import { LONGEST_NAME, MOST_IDS, type ReadIds } from "./ids";
import { IdsInput } from "./IdsInput";

interface IdsFieldProps {
  text: string;
  read: ReadIds;
  problem: Problem | undefined;
  onChange: (text: string) => void;
}

/** Ids of devices: typed, pasted, or from a file that is dropped; with what was understood. */
export function IdsField({ text, read, problem, onChange }: IdsFieldProps) {
  const { t } = useTranslation();
  function take([file]: File[]) {
    if (file !== undefined) void file.text().then(onChange);
  }
  const [long] = read.tooLong;
  return (
    <DropZone onFiles={take}>
      <Field label={t("certificates.ids")} hint={t("certificates.idsHint")} problem={problem} stacked>
        <IdsInput value={text} onChange={onChange} />
      </Field>
      <p className={styles.quiet} role="status">
        {t("certificates.idsRead", { count: read.ids.length, number: formatNumber(read.ids.length) })}
        {read.repeated > 0 && ` ${t("certificates.idsRepeated", { count: read.repeated })}`}
      </p>
      {long !== undefined && <Note tone="bad">{t("certificates.idTooLong", { id: long.slice(0, LONGEST_NAME), most: LONGEST_NAME })}</Note>}
      {read.ids.length > MOST_IDS && <Note tone="bad">{t("certificates.tooMany", { most: formatNumber(MOST_IDS) })}</Note>}
    </DropZone>
  );
}
