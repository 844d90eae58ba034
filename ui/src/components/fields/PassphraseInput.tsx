import type { Problem } from "@/contract";
import { Field } from "./Field";
import { SecretInput } from "./SecretInput";

interface PassphraseInputProps {
  label: string;
  hint?: string | undefined;
  problem?: Problem | null | undefined;
  value: string;
  /** Makes a new one, which is then in sight until the field is left. */
  generate?: (() => string) | undefined;
  onChange: (value: string) => void;
}

/** A passphrase as it is typed, masked. */
export function PassphraseInput({ label, hint, problem, value, generate, onChange }: PassphraseInputProps) {
  return (
    <Field label={label} hint={hint} problem={problem} stacked>
      <SecretInput value={{ change: "set", value }} stored={null} generate={generate} onChange={(draft) => onChange(draft.change === "set" ? draft.value : "")} />
    </Field>
  );
}
