import { useTranslation } from "react-i18next";
import { Field, Select, TextInput } from "@/components/fields";
import type { Problem, RequestTemplate } from "@/contract";
import styles from "./Forms.module.css";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

interface TemplateFieldsProps {
  title: string;
  hint?: string | undefined;
  template: RequestTemplate;
  problem: (field: keyof RequestTemplate) => Problem | null;
  onChange: (template: RequestTemplate) => void;
}

/** A request of the REST API with its places to fill. */
export function TemplateFields({ title, hint, template, problem, onChange }: TemplateFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<RequestTemplate>) => onChange({ ...template, ...part });
  const methods = METHODS.includes(template.method) ? METHODS : [...METHODS, template.method];
  return (
    <fieldset className={styles.template}>
      <legend>{title}</legend>
      {hint !== undefined && <p className={styles.quiet}>{hint}</p>}
      <Field label={t("hubs.method")} problem={problem("method")}>
        <Select value={template.method} options={methods.map((value) => ({ value, label: value }))} onChange={(method) => change({ method })} />
      </Field>
      <Field label={t("hubs.path")} problem={problem("path")}>
        <TextInput mono watchSpace value={template.path} onChange={(path) => change({ path })} />
      </Field>
      <Field label={t("hubs.body")} problem={problem("body")} optional>
        <TextInput mono value={template.body} onChange={(body) => change({ body })} />
      </Field>
    </fieldset>
  );
}
