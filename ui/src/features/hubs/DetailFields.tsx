import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import styles from "./Forms.module.css";
import { KaaFields } from "./KaaFields";
import type { PartProps } from "./parts";
import { PolicyFields } from "./PolicyFields";

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
        <PolicyFields {...props} hint={t("hubs.policyHint")} />
      </fieldset>
    );
  }
  if (form.kind === "azure_dps") {
    return (
      <fieldset className={styles.section}>
        <legend className={styles.legend}>{t("hubs.advanced")}</legend>
        <Field label={t("hubs.serviceHost")} problem={problems.get("details.service_host") ?? null} hint={t("hubs.serviceHostHint")} optional>
          <TextInput
            mono
            watchSpace
            value={form.details.service_host ?? ""}
            placeholder={t("hubs.serviceHostExample")}
            onChange={(service_host) => onChange({ details: { ...form.details, service_host } })}
          />
        </Field>
        <PolicyFields {...props} hint={t("hubs.policyHintDps")} />
      </fieldset>
    );
  }
  return form.kind === "kaa" ? <KaaFields {...props} /> : null;
}
