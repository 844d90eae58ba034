import { IconButton } from "@/components/button";
import { CopyText } from "@/components/copy";
import { Field, TextInput } from "@/components/fields";
import type { Problem } from "@/contract";

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: Problem | null;
  hint?: string | undefined;
  placeholder?: string | undefined;
  optional?: boolean | undefined;
  generate?: { label: string; run: () => void } | undefined;
}

/** A value that is no secret, read by machines: it can be copied, and made where that makes sense. */
export function TextField({ label, value, onChange, problem, hint, placeholder, optional, generate }: TextFieldProps) {
  return (
    <Field label={label} problem={problem} hint={hint} optional={optional}>
      <TextInput
        mono
        watchSpace
        value={value}
        placeholder={placeholder}
        onChange={onChange}
        end={
          <>
            <CopyText text={value} what={label} />
            {generate !== undefined && <IconButton icon="dice" size="sm" label={generate.label} onClick={generate.run} />}
          </>
        }
      />
    </Field>
  );
}
