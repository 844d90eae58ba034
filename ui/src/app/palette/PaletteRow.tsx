import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon } from "@/components/icon";
import { Kbd } from "@/components/text";
import type { Found } from "./entries";
import styles from "./Palette.module.css";

interface PaletteRowProps {
  id: string;
  entry: Found;
  active: boolean;
  onChoose: () => void;
  onPoint: () => void;
}

/** One entry, with the letters that matched, where it belongs, and its keys. */
export function PaletteRow({ id, entry, active, onChoose, onPoint }: PaletteRowProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);

  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);

  return (
    // Keys are the field's: the focus stays there, as in every combobox.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <li ref={row} id={id} role="option" aria-selected={active} className={cx(styles.row, active && styles.active)} onClick={onChoose} onPointerMove={active ? undefined : onPoint}>
      <Icon name={entry.icon} size={14} className={styles.icon} />
      <span className={cx(styles.label, entry.kind === "topic" && styles.mono)}>
        <Marked text={entry.label} at={entry.at} />
      </span>
      {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
      <span className={styles.kind}>{entry.recent ? t("palette.recent") : t(`palette.kinds.${entry.kind}`)}</span>
      {entry.keys !== undefined && <Kbd keys={entry.keys} />}
    </li>
  );
}

/** The text with the letters at these places in bold. */
function Marked({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text;
  const marked = new Set(at);
  return [...text].map((letter, place) => (marked.has(place) ? <b key={place}>{letter}</b> : letter));
}
