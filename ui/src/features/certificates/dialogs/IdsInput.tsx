import { useControl } from "@/components/fields";
import styles from "./Dialogs.module.css";

/** Several lines that a machine reads. */
export function IdsInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return <textarea {...useControl()} className={styles.ids} rows={4} spellCheck={false} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />;
}
