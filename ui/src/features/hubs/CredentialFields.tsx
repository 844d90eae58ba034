import { useTranslation } from "react-i18next";
import { Field, SecretInput, Segmented, TextInput } from "@/components/fields";
import type { HubKind } from "@/contract";
import { CREDENTIALS, type CredentialKind, type DeviceForm } from "./deviceDraft";
import type { Problems } from "./problems";

const WORDS = { none: "hubs.credentialNone", access_token: "hubs.credentialToken", basic: "hubs.credentialBasic" } as const;

interface CredentialFieldsProps {
  form: DeviceForm;
  kind: HubKind;
  problems: Problems;
  onChange: (part: Partial<DeviceForm>) => void;
}

/** What the device proves itself with. */
export function CredentialFields({ form, kind, problems, onChange }: CredentialFieldsProps) {
  const { t } = useTranslation();
  const offered: CredentialKind[] = [...new Set([...CREDENTIALS[kind], form.credential])];
  const problem = (field: string) => problems.get(`credential.${field}`) ?? null;
  return (
    <>
      <Field label={t("hubs.credential")} problem={problem("kind")}>
        <Segmented
          value={form.credential}
          segments={offered.map((value) => ({ value, label: t(WORDS[value]) }))}
          onChange={(credential) => onChange({ credential })}
        />
      </Field>
      {form.credential === "access_token" && (
        <Field label={t("hubs.token")} problem={problem("token")} hint={t("hubs.tokenHint")}>
          <SecretInput value={form.token} stored={form.storedToken} onChange={(token) => onChange({ token })} />
        </Field>
      )}
      {form.credential === "basic" && (
        <>
          <Field label={t("hubs.userName")} problem={problem("user_name")}>
            <TextInput mono watchSpace value={form.userName} onChange={(userName) => onChange({ userName })} />
          </Field>
          <Field label={t("hubs.password")} problem={problem("password")} hint={t("hubs.whereSecrets")}>
            <SecretInput mayClear value={form.password} stored={form.storedPassword} onChange={(password) => onChange({ password })} />
          </Field>
        </>
      )}
    </>
  );
}
