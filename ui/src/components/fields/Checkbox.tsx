import { Checkbox as Base } from "@base-ui/react/checkbox";
import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import { Tooltip } from "../overlay/Tooltip";
import styles from "./Checkbox.module.css";

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Why it cannot be changed now. */
  reason?: string | null | undefined;
  children: ReactNode;
}

/** A box with its words. */
export function Checkbox({ checked, onChange, reason, children }: CheckboxProps) {
  const why = reason ?? null;
  const label = (
    <label className={cx(styles.label, why !== null && styles.off)}>
      <Base.Root
        className={styles.box}
        checked={checked}
        readOnly={why !== null}
        aria-disabled={why !== null || undefined}
        onCheckedChange={(next) => onChange(next)}
      >
        <Base.Indicator className={styles.indicator}>
          <Icon name="check" size={12} />
        </Base.Indicator>
      </Base.Root>
      {children}
    </label>
  );
  return why === null ? label : <Tooltip text={why}>{label}</Tooltip>;
}
