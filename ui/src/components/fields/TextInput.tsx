import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import { useControl } from "./context";
import styles from "./input.module.css";

export interface TextInputProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type" | "size"> {
  value: string;
  onChange: (value: string) => void;
  /** What a machine reads is set in mono. */
  mono?: boolean | undefined;
  icon?: IconName | undefined;
  /** Says so when the value begins or ends with a space. */
  watchSpace?: boolean | undefined;
  /** Shown inside at the end: a key, a button. */
  end?: ReactNode;
}

/** One line of text. */
export function TextInput({ value, onChange, mono, icon, watchSpace, end, className, ...rest }: TextInputProps) {
  const { t } = useTranslation();
  const control = useControl();
  const space = watchSpace === true && value !== value.trim();
  const invalid = control["aria-invalid"] === true || rest["aria-invalid"] === true;
  return (
    <span className={cx(styles.box, invalid && styles.invalid, rest.disabled && styles.off, className)}>
      {icon !== undefined && <Icon name={icon} size={14} className={styles.icon} />}
      <input
        {...control}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        type="text"
        className={cx(styles.input, mono && styles.mono)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {space && <span className={cx(styles.side, styles.warn)}>{t(value.startsWith(" ") ? "common.startsWithSpace" : "common.endsWithSpace")}</span>}
      {end}
    </span>
  );
}
