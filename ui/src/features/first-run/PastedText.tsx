import { useState, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import styles from "./FirstRun.module.css";
import { pastedParts } from "./masked";

interface PastedTextProps {
  text: string;
  onText: (text: string) => void;
  understood: boolean;
  field: Ref<HTMLTextAreaElement>;
}

/** The pasted text: a field while it is written, and, once it was pasted and understood, a view without its secrets. */
export function PastedText({ text, onText, understood, field }: PastedTextProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  if (understood && !editing) {
    return (
      <div className={styles.pasted}>
        <code className={styles.pastedCode}>
          {pastedParts(text).map((part, index) =>
            part.secret ? (
              <span key={index} className={styles.secret}>
                {t("firstRun.secretChip")}
              </span>
            ) : (
              part.text
            ),
          )}
        </code>
        <IconButton icon="edit" size="sm" label={t("firstRun.editText")} onClick={() => setEditing(true)} />
      </div>
    );
  }
  return (
    <textarea
      ref={field}
      className={styles.pasteField}
      aria-label={t("firstRun.pasteLabel")}
      placeholder={t("firstRun.pasteExample")}
      rows={2}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      value={text}
      onFocus={() => setEditing(text !== "")}
      onChange={(event) => {
        setEditing(true);
        onText(event.target.value);
      }}
      onPaste={(event) => {
        // A paste that makes up the whole text is shown as understood; one into other text is editing.
        if (event.currentTarget.value !== "") return;
        event.preventDefault();
        setEditing(false);
        onText(event.clipboardData.getData("text/plain"));
      }}
      onBlur={() => setEditing(false)}
    />
  );
}
