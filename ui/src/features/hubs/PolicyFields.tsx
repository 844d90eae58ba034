import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import { HubSecretField } from "./HubSecretField";
import type { PartProps } from "./parts";

/** A shared access policy of Azure with its key. */
export function PolicyFields({ hint, ...props }: PartProps & { hint: string }) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  return (
    <>
      <Field label={t("hubs.policy")} problem={problems.get("details.policy") ?? null} hint={hint} optional>
        <TextInput mono watchSpace value={form.details.policy ?? ""} onChange={(policy) => onChange({ details: { ...form.details, policy } })} />
      </Field>
      <HubSecretField {...props} field="policy_key" label={t("hubs.policyKey")} />
    </>
  );
}
