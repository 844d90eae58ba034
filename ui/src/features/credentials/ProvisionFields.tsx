import { useTranslation } from "react-i18next";
import type { PartProps } from "./parts";
import { SecretField } from "./SecretField";

/** The two halves that ThingsBoard's device profile shows for provisioning. */
export function ProvisionFields(props: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <SecretField {...props} field="provision_key" label={t("credentials.provisionKey")} />
      <SecretField {...props} field="provision_secret" label={t("credentials.provisionSecret")} hint={t("credentials.provisionHint")} />
    </>
  );
}
