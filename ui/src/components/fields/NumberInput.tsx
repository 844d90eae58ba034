import { useState } from "react";
import { cx } from "../cx";
import { useControl } from "./context";
import styles from "./input.module.css";

interface NumberInputProps {
  /** null: what stands there is not a number. */
  value: number | null;
  onChange: (value: number | null) => void;
  min: number;
  max: number;
  unit?: string | undefined;
  "aria-label"?: string | undefined;
}

/** A whole number, typed; arrow keys change it by one. What was typed stays even when it is not a number. */
export function NumberInput({ value, onChange, min, max, unit, ...rest }: NumberInputProps) {
  const control = useControl();
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const shown = parsed(typed) === value ? typed : value === null ? "" : String(value);

  function change(text: string) {
    setTyped(text);
    onChange(parsed(text));
  }

  function step(by: number) {
    change(String(Math.min(max, Math.max(min, (value ?? min) + by))));
  }

  return (
    <span className={cx(styles.box, styles.narrow, control["aria-invalid"] && styles.invalid)}>
      <input
        {...control}
        {...rest}
        type="text"
        inputMode="numeric"
        role="spinbutton"
        aria-valuenow={value ?? undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        autoComplete="off"
        className={styles.input}
        value={shown}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
          event.preventDefault();
          step(event.key === "ArrowUp" ? 1 : -1);
        }}
      />
      {unit !== undefined && <span className={styles.side}>{unit}</span>}
    </span>
  );
}

function parsed(text: string): number | null {
  const trimmed = text.trim();
  return /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : null;
}
