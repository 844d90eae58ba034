import type { Problem } from "@/contract";
import { Field } from "./Field";
import { SecretInput } from "./SecretInput";

interface PassphraseInputProps {
  label: string;
  hint?: string | undefined;
  problem?: Problem | null | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** A passphrase as it is typed, masked. */
export function PassphraseInput({ label, hint, problem, value, onChange }: PassphraseInputProps) {
  return (
    <Field label={label} hint={hint} problem={problem} stacked>
      <SecretInput value={{ change: "set", value }} stored={null} onChange={(draft) => onChange(draft.change === "set" ? draft.value : "")} />
    </Field>
  );
}
