import { useTranslation } from "react-i18next";
import { Field, NumberInput, TextInput } from "@/components/fields";
import { CaField } from "./CaField";
import { isTls } from "./connectionForm";
import type { PartProps } from "./parts";
import { TransportField } from "./TransportField";

/** Where the hub is, what carries MQTT there, and how its server is trusted. */
export function AddressFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  const problem = (field: string) => problems.get(field) ?? null;
  const remote = form.transport !== "unix";
  return (
    <>
      {remote && (
        <Field label={t("hubs.host")} problem={problem("host")}>
          <TextInput mono value={form.host} placeholder={t(`hubs.hostExample.${form.kind}`)} watchSpace onChange={(host) => onChange({ host })} />
        </Field>
      )}
      {form.kind === "azure_dps" && (
        <Field label={t("hubs.idScope")} problem={problem("details.id_scope")} hint={t("hubs.idScopeHint")}>
          <TextInput mono watchSpace value={form.details.id_scope ?? ""} onChange={(id_scope) => onChange({ details: { ...form.details, id_scope } })} />
        </Field>
      )}
      {remote && (
        <Field label={t("hubs.port")} problem={problem("port")}>
          <NumberInput value={form.port} min={1} max={65_535} onChange={(port) => onChange({ port })} />
        </Field>
      )}
      <TransportField {...props} />
      {isTls(form.transport) && <CaField form={form} problem={problem("ca")} onChange={(ca) => onChange({ ca })} />}
    </>
  );
}
