import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Composer.module.css";
import { payloadEditor, type PayloadEditor } from "./editor";

interface PayloadFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** The payload's editor. */
export function PayloadField({ value, onChange }: PayloadFieldProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<PayloadEditor | null>(null);
  const latest = useRef({ value, onChange });

  useEffect(() => {
    latest.current = { value, onChange };
    editor.current?.setText(value);
  });

  useEffect(() => {
    if (!host.current) return undefined;
    const made = payloadEditor(host.current, latest.current.value, t("composer.payload"), t("composer.payloadHelp"), (text) =>
      latest.current.onChange(text),
    );
    editor.current = made;
    return () => {
      editor.current = null;
      made.close();
    };
  }, [t]);

  return <div ref={host} className={styles.editor} data-typing="" />;
}
