import { useTranslation } from "react-i18next";
import { Field, NumberInput, TextInput } from "@/components/fields";
import { isTls } from "./connectionForm";
import type { PartProps } from "./parts";
import { TransportField } from "./TransportField";
import { TrustFields } from "./TrustFields";

/** Where the hub is, what carries MQTT there, and how its server is trusted. */
export function AddressFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  const problem = (field: string) => problems.get(field) ?? null;
  const trustProblem = [...problems].find(([field]) => field === "trust" || field.startsWith("trust."))?.[1] ?? null;
  const remote = form.transport !== "unix";
  return (
    <>
      {remote && (
        <Field place="host" label={t("hubs.host")} problem={problem("host")}>
          <TextInput mono value={form.host} placeholder={t(`hubs.hostExample.${form.kind}`)} watchSpace onChange={(host) => onChange({ host })} />
        </Field>
      )}
      {form.kind === "azure_dps" && (
        <Field label={t("hubs.idScope")} problem={problem("details.id_scope")} hint={t("hubs.idScopeHint")}>
          <TextInput mono watchSpace value={form.details.id_scope ?? ""} onChange={(id_scope) => onChange({ details: { ...form.details, id_scope } })} />
        </Field>
      )}
      {remote && (
        <Field place="port" label={t("hubs.port")} problem={problem("port")}>
          <NumberInput value={form.port} min={1} max={65_535} onChange={(port) => onChange({ port })} />
        </Field>
      )}
      <TransportField {...props} />
      {isTls(form.transport) && <TrustFields form={form} problem={trustProblem} onChange={(trust) => onChange({ trust })} />}
    </>
  );
}
