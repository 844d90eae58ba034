import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { CertificateFields } from "./CertificateFields";
import { BasicFields } from "./BasicFields";
import { makeToken } from "./generators";
import { hasCertificate, secretsOf } from "./methods";
import { problemOf, type PartProps } from "./parts";
import { SecretField } from "./SecretField";
import { TextField } from "./TextField";

/** Kaa's endpoint token, and what the tenant asks of clients beside it. */
export function EndpointFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  return (
    <>
      <SecretField {...props} field="token" label={t("credentials.token")} generate={makeToken} />
      <TextField
        label={t("credentials.appVersion")}
        value={form.appVersion}
        problem={problemOf(problems, "credential.app_version")}
        onChange={(appVersion) => onChange({ appVersion })}
      />
      <TextField
        label={t("credentials.endpointId")}
        value={form.endpointId}
        problem={problemOf(problems, "credential.endpoint_id")}
        hint={t("credentials.endpointIdHint")}
        onChange={(endpointId) => onChange({ endpointId })}
      />
      {secretsOf(form.method).includes("password") && <BasicFields {...props} />}
      {hasCertificate(form.method) && <CertificateFields {...props} />}
      {form.method === "endpoint" && <Note tone="quiet">{t("credentials.tokenInTopic")}</Note>}
    </>
  );
}
