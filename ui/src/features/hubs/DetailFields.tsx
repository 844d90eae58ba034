import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import styles from "./Forms.module.css";
import { HubSecretField } from "./HubSecretField";
import { KaaFields } from "./KaaFields";
import type { PartProps } from "./parts";

/** What only some kinds of hub have: a shared access policy, a REST API. */
export function DetailFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  if (form.kind === "azure_iot_hub") {
    return (
      <fieldset className={styles.section}>
        <legend className={styles.legend}>{t("hubs.advanced")}</legend>
        <Field label={t("hubs.gateway")} problem={problems.get("details.gateway") ?? null} hint={t("hubs.gatewayHint")} optional>
          <TextInput mono watchSpace value={form.details.gateway ?? ""} onChange={(gateway) => onChange({ details: { ...form.details, gateway } })} />
        </Field>
        <Field label={t("hubs.policy")} problem={problems.get("details.policy") ?? null} hint={t("hubs.policyHint")} optional>
          <TextInput mono watchSpace value={form.details.policy ?? ""} onChange={(policy) => onChange({ details: { ...form.details, policy } })} />
        </Field>
        <HubSecretField {...props} field="policy_key" label={t("hubs.policyKey")} />
      </fieldset>
    );
  }
  return form.kind === "kaa" ? <KaaFields {...props} /> : null;
}
