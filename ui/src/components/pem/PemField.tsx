import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../button";
import { cx } from "../cx";
import { DropZone } from "../drop";
import { errorText } from "../feedback";
import { Field } from "../fields";
import { VisibleText } from "../text";
import type { FilePurpose, HeldFile, PemSource } from "@/contract";
import { chooseFile, uploadFile, usePlatform } from "@/platform";
import styles from "./PemField.module.css";

/** A chosen file, pasted text, or nothing yet. */
export type Pem = { file: HeldFile } | { text: string } | null;

export function pemSource(pem: Pem): PemSource | null {
  if (pem === null) return null;
  if ("file" in pem) return { from: "file", handle: pem.file.handle };
  return pem.text.trim() === "" ? null : { from: "text", text: pem.text };
}

interface PemFieldProps {
  label: string;
  hint: string;
  purpose: FilePurpose;
  value: Pem;
  onChange: (value: Pem) => void;
  /** Pasted text is not to be read over a shoulder. */
  secret?: boolean | undefined;
}

/** PEM from a file or pasted. */
export function PemField({ label, hint, purpose, value, onChange, secret }: PemFieldProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [failure, setFailure] = useState<unknown>(null);

  function take([file]: File[]) {
    if (file === undefined) return;
    uploadFile(platform, file).then((held) => {
      onChange({ file: held });
      setFailure(null);
    }, setFailure);
  }

  async function choose() {
    try {
      const file = await chooseFile(platform, purpose);
      if (file !== null) onChange({ file });
      setFailure(null);
    } catch (thrown) {
      setFailure(thrown);
    }
  }

  const said = failure === null ? hint : errorText(t, failure).sentence;
  return (
    <DropZone onFiles={take}>
      <Field label={label} hint={said} stacked>
        {value !== null && "file" in value ? (
          <span className={styles.chosen}>
            <VisibleText text={value.file.name} className="mono" />
            <IconButton icon="close" size="sm" label={t("common.removeFile")} onClick={() => onChange(null)} />
          </span>
        ) : (
          <textarea
            className={cx(styles.pem, secret === true && styles.masked)}
            aria-label={label}
            placeholder={t("common.pemExample")}
            rows={3}
            spellCheck={false}
            autoComplete="off"
            value={value?.text ?? ""}
            onChange={(event) => onChange(event.target.value === "" ? null : { text: event.target.value })}
          />
        )}
        <Button size="sm" icon="file" onClick={() => void choose()}>
          {t("common.chooseFile")}
        </Button>
      </Field>
    </DropZone>
  );
}
