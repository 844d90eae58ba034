import { Field, SecretInput } from "@/components/fields";
import type { HubSecret } from "./hubDraft";
import type { PartProps } from "./parts";

/** A secret of the hub itself. */
export function HubSecretField({ field, label, form, problems, onChange }: PartProps & { field: HubSecret; label: string }) {
  return (
    <Field label={label} problem={problems.get(`secrets.${field}`) ?? null} optional>
      <SecretInput
        mayClear
        value={form.secrets[field] ?? { change: "keep" }}
        stored={form.storedSecrets.find((secret) => secret.field === field) ?? null}
        onChange={(draft) => onChange({ secrets: { ...form.secrets, [field]: draft } })}
      />
    </Field>
  );
}
