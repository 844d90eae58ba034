import { useTranslation } from "react-i18next";
import { Field, NumberInput, Switch, TextInput } from "@/components/fields";
import { CaField } from "./CaField";
import styles from "./Forms.module.css";
import { withTls } from "./hubDraft";
import type { PartProps } from "./parts";

/** Where the hub is, and how its server is trusted. */
export function AddressFields({ form, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const problem = (field: string) => problems.get(field) ?? null;
  const azure = form.kind === "azure_iot_hub" || form.kind === "azure_dps";
  return (
    <>
      <Field label={t("hubs.host")} problem={problem("host")}>
        <TextInput mono value={form.host} placeholder={t(`hubs.hostExample.${form.kind}`)} watchSpace onChange={(host) => onChange({ host })} />
      </Field>
      {form.kind === "azure_dps" && (
        <Field label={t("hubs.idScope")} problem={problem("details.id_scope")} hint={t("hubs.idScopeHint")}>
          <TextInput mono watchSpace value={form.details.id_scope ?? ""} onChange={(id_scope) => onChange({ details: { ...form.details, id_scope } })} />
        </Field>
      )}
      <Field label={t("hubs.port")} problem={problem("port")}>
        <NumberInput value={form.port} min={1} max={65_535} onChange={(port) => onChange({ port })} />
        {azure && form.tls && <span className={styles.quiet}>{t("hubs.tlsAlways")}</span>}
      </Field>
      {!(azure && form.tls) && (
        <Field label={t("hubs.tls")} problem={problem("tls")}>
          <Switch checked={form.tls} onChange={(tls) => onChange(withTls(form, tls))} />
          <span className={form.tls ? styles.quiet : styles.warn}>{t(form.tls ? "hubs.tlsOn" : "hubs.tlsOff")}</span>
        </Field>
      )}
      {form.tls && <CaField form={form} problem={problem("ca")} onChange={(ca) => onChange({ ca })} />}
    </>
  );
}
