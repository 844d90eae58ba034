import { useId, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/contract";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./Field.module.css";
import { FieldContext } from "./context";

interface FieldProps {
  label: string;
  /** What to enter, said below the control. */
  hint?: string | undefined;
  /** Why the value was refused; takes the hint's place. */
  problem?: Problem | null | undefined;
  /** Label above instead of beside the control. */
  stacked?: boolean | undefined;
  optional?: boolean | undefined;
  /** What a dialog that opens at this field asks for. */
  place?: string | undefined;
  children: ReactNode;
}

/** A label, its one control, and what is said about it. */
export function Field({ label, hint, problem, stacked, optional, place, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const refused = problem !== undefined && problem !== null;
  const said = refused || hint !== undefined;
  const context = useMemo(
    () => ({ id, invalid: refused, describedBy: said ? `${id}-said` : undefined }),
    [id, refused, said],
  );
  return (
    <div className={cx(styles.field, stacked && styles.stacked)} data-place={place}>
      <label className={styles.label} htmlFor={id} id={`${id}-label`}>
        {label}
        {optional === true && <span className={styles.optional}> {t("common.optional")}</span>}
      </label>
      <FieldContext value={context}>
        <div className={styles.control}>{children}</div>
      </FieldContext>
      {refused ? (
        <p className={styles.problem} id={`${id}-said`}>
          <Icon name="error" size={12} />
          {t(`problems.${problem}`)}
        </p>
      ) : (
        hint !== undefined && (
          <p className={styles.hint} id={`${id}-said`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
