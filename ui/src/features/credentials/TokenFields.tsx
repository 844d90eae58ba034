import { useTranslation } from "react-i18next";
import { makeToken } from "./generators";
import type { PartProps } from "./parts";
import { SecretField } from "./SecretField";

/** ThingsBoard stores credentials ids of up to 32 characters for tokens in its own form. */
const LONGEST_TOKEN = 32;

/** An access token: sent as the user name. */
export function TokenFields(props: PartProps) {
  const { t } = useTranslation();
  return (
    <SecretField
      {...props}
      field="token"
      label={t("credentials.token")}
      hint={t("credentials.tokenHint")}
      longest={props.hub.kind === "thingsboard" ? LONGEST_TOKEN : undefined}
      generate={makeToken}
    />
  );
}
