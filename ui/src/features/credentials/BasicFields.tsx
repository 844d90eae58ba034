import { useTranslation } from "react-i18next";
import { ClientIdField } from "./ClientIdField";
import { lettersAndDigits, makePassword } from "./generators";
import { problemOf, type PartProps } from "./parts";
import { SecretField } from "./SecretField";
import { TextField } from "./TextField";

/** User name and password. ThingsBoard also looks at the client id, and takes one of the two alone. */
export function BasicFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, hub, device, problems, onChange } = props;
  const thingsBoard = hub.kind === "thingsboard";
  return (
    <>
      {/* A new device's form has asked for it already. */}
      {thingsBoard && device !== null && <ClientIdField {...props} />}
      <TextField
        label={t("credentials.userName")}
        value={form.userName}
        problem={problemOf(problems, "credential.user_name")}
        hint={thingsBoard ? t("credentials.eitherHint") : undefined}
        onChange={(userName) => onChange({ userName })}
        generate={thingsBoard ? { label: t("credentials.newUserName"), run: () => onChange({ userName: lettersAndDigits(12) }) } : undefined}
      />
      <SecretField {...props} mayClear field="password" label={t("credentials.password")} generate={makePassword} />
    </>
  );
}
