import type { ReactNode } from "react";
import { Field, SecretInput, useSecretExits } from "@/components/fields";
import type { SecretField as FieldName } from "@/contract";
import { KEEP, storedSecret } from "./form";
import { problemOf, type PartProps } from "./parts";
import styles from "./Credentials.module.css";

interface SecretFieldProps extends PartProps {
  field: FieldName;
  label: string;
  hint?: string | undefined;
  generate?: (() => string) | undefined;
  longest?: number | undefined;
  mayClear?: boolean | undefined;
  /** Beside the box, in a column of its own. */
  beside?: ReactNode;
}

/** One secret of the device with everything that can be done with it. */
export function SecretField({ field, label, hint, generate, longest, mayClear, beside, form, device, problems, onChange }: SecretFieldProps) {
  const exits = useSecretExits(device === null ? null : { device: device.id });
  return (
    <Field label={label} hint={hint} problem={problemOf(problems, `secrets.${field}`, `credential.${field}`)}>
      <SecretInput
        value={form.secrets[field] ?? KEEP}
        stored={storedSecret(device, field)}
        generate={generate}
        longest={longest}
        mayClear={mayClear}
        reveal={exits === null ? undefined : () => exits.reveal(field)}
        copy={exits === null ? undefined : () => exits.copy({ what: "secret", field }, label)}
        onChange={(draft) => onChange({ secrets: { ...form.secrets, [field]: draft } })}
      />
      {beside !== undefined && <span className={styles.beside}>{beside}</span>}
    </Field>
  );
}
