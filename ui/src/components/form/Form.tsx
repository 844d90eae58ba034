import { useEffect, useRef, type ReactNode } from "react";
import { FormError } from "./FormError";
import styles from "./Form.module.css";
import type { Problems } from "./problems";

interface FormProps {
  error: unknown;
  problems: Problems;
  onSubmit: () => void;
  children: ReactNode;
}

/** The fields of a dialog. After a refusal the focus goes to the first field that needs another value. */
export function Form({ error, problems, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.size > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <FormError error={error} />
      {children}
      <button type="submit" hidden />
    </form>
  );
}
