import { useTranslation } from "react-i18next";
import { Field, TextInput } from "@/components/fields";
import type { KaaRest, RequestTemplate } from "@/contract";
import styles from "./Forms.module.css";
import { HubSecretField } from "./HubSecretField";
import type { PartProps } from "./parts";
import { TemplateFields } from "./TemplateFields";

/** Places that the engine fills in a request. */
const PLACES = "{endpoint_id} {application} {state} {reason}";

/** Kaa's REST API, by which a token's state is read and changed. What is not set yet starts from the presets. */
export function KaaFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, presets, onChange } = props;
  const rest = form.details.kaa ?? presets.map(({ details }) => details.kaa).findLast((kaa) => kaa !== null) ?? null;
  if (rest === null) return null;
  const change = (part: Partial<KaaRest>) => onChange({ details: { ...form.details, kaa: { ...rest, ...part } } });
  const problem = (field: string) => problems.get(`details.kaa.${field}`) ?? null;
  const hasProblem = [...problems.keys()].some((field) => field.startsWith("details.kaa.read") || field.startsWith("details.kaa.change") || field === "details.kaa.header");
  const template = (name: "read" | "change") => ({
    template: rest[name],
    problem: (field: keyof RequestTemplate) => problem(`${name}.${field}`),
    onChange: (next: RequestTemplate) => change({ [name]: next }),
  });
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{t("hubs.kaaRest")}</legend>
      <Field label={t("hubs.baseUrl")} problem={problem("base_url")} hint={t("hubs.kaaRestHint")} optional>
        <TextInput mono watchSpace value={rest.base_url} placeholder={t("hubs.baseUrlExample")} onChange={(base_url) => change({ base_url })} />
      </Field>
      <HubSecretField {...props} field="api_key" label={t("hubs.apiKey")} />
      <details className={styles.advanced} open={hasProblem || undefined}>
        <summary>{t("hubs.advanced")}</summary>
        <Field label={t("hubs.header")} problem={problem("header")} hint={t("hubs.headerHint")}>
          <TextInput mono watchSpace value={rest.header} onChange={(header) => change({ header })} />
        </Field>
        <TemplateFields title={t("hubs.readRequest")} {...template("read")} />
        <TemplateFields title={t("hubs.changeRequest")} hint={t("hubs.changeRequestHint", { places: PLACES })} {...template("change")} />
      </details>
    </fieldset>
  );
}
