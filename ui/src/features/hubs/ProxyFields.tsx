import { useTranslation } from "react-i18next";
import { Field, NumberInput, Segmented, TextInput } from "@/components/fields";
import type { ConnectionForm } from "./connectionForm";
import { HubSecretField } from "./HubSecretField";
import type { PartProps } from "./parts";

/** A proxy of the hub's own. Without a user name it is asked for no login. */
export function ProxyFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  const { connection } = form;
  const change = (part: Partial<ConnectionForm>) => onChange({ connection: { ...connection, ...part } });
  const problem = (field: string) => problems.get(`connection.proxy.${field}`) ?? null;
  return (
    <>
      <Field label={t("connection.proxyHost")} problem={problem("host")}>
        <TextInput mono watchSpace value={connection.proxyHost} onChange={(proxyHost) => change({ proxyHost })} />
      </Field>
      <Field label={t("connection.proxyPort")} problem={problem("port")}>
        <NumberInput value={connection.proxyPort} min={1} max={65_535} onChange={(proxyPort) => change({ proxyPort })} />
      </Field>
      <Field label={t("connection.proxyUser")} problem={problem("user_name")} optional>
        <TextInput watchSpace value={connection.proxyUser} onChange={(proxyUser) => change({ proxyUser })} />
      </Field>
      {connection.proxyUser !== "" && <HubSecretField {...props} field="proxy_password" label={t("connection.proxyPassword")} />}
      {connection.proxy === "socks5" && (
        <Field label={t("connection.proxyNames")}>
          <Segmented
            value={connection.proxyNames ? "there" : "here"}
            segments={[
              { value: "there", label: t("connection.byProxy") },
              { value: "here", label: t("connection.byThis") },
            ]}
            onChange={(who) => change({ proxyNames: who === "there" })}
          />
        </Field>
      )}
    </>
  );
}
