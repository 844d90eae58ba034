import { Field, SecretInput, useSecretExits } from "@/components/fields";
import type { HubSecret } from "./hubDraft";
import type { PartProps } from "./parts";

/** A secret of the hub itself; a stored one can be seen and copied where the shell allows. */
export function HubSecretField({ field, label, form, problems, onChange }: PartProps & { field: HubSecret; label: string }) {
  const exits = useSecretExits(form.id === null ? null : { hub: form.id });
  return (
    <Field label={label} problem={problems.get(`secrets.${field}`) ?? null} optional>
      <SecretInput
        mayClear
        value={form.secrets[field] ?? { change: "keep" }}
        stored={form.storedSecrets.find((secret) => secret.field === field) ?? null}
        reveal={exits === null ? undefined : () => exits.reveal(field)}
        copy={exits === null ? undefined : () => exits.copy({ what: "secret", field }, label)}
        onChange={(draft) => onChange({ secrets: { ...form.secrets, [field]: draft } })}
      />
    </Field>
  );
}
