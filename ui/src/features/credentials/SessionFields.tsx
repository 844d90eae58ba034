import { useTranslation } from "react-i18next";
import { Field, NumberInput, Segmented, Switch, type Segment } from "@/components/fields";
import { formatBytes } from "@/i18n";
import type { Hub, MqttVersion } from "@/contract";
import type { Problems } from "@/components/form";
import { ConnectPropertiesFields } from "./ConnectPropertiesFields";
import styles from "./Credentials.module.css";
import type { DeviceForm } from "./form";
import { WillFields } from "./WillFields";

interface SessionFieldsProps {
  form: DeviceForm;
  hub: Hub;
  problems: Problems;
  onChange: (part: Partial<DeviceForm>) => void;
}

/** How the session is kept. */
export function SessionFields({ form, hub, problems, onChange }: SessionFieldsProps) {
  const { t } = useTranslation();
  const problem = (field: string) => problems.get(`options.${field}`) ?? null;
  // ThingsBoard and DPS answer as if they kept sessions and do not.
  const never = hub.kind === "thingsboard" || hub.kind === "azure_dps";
  const azure = hub.kind === "azure_iot_hub" || hub.kind === "azure_dps";
  // Version numbers are the same in every language.
  const versions: Segment<MqttVersion>[] = [
    { value: "3.1.1", label: "3.1.1" },
    { value: "5", label: "5", reason: azure ? t("credentials.azureVersion") : null },
  ];
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{t("credentials.options")}</legend>
      <Field place="version" label={t("credentials.version")} problem={problem("version")}>
        <Segmented value={form.version} segments={versions} onChange={(version) => onChange({ version })} />
      </Field>
      <Field label={t("credentials.cleanSession")} problem={problem("clean_session")}>
        <Switch checked={form.cleanSession || never} disabled={never} onChange={(cleanSession) => onChange({ cleanSession })} />
        <span className={styles.quiet}>{t(never ? "credentials.sessionNever" : form.cleanSession ? "credentials.sessionForgotten" : "credentials.sessionKept")}</span>
      </Field>
      <Field label={t("credentials.keepAlive")} problem={problem("keep_alive")}>
        <NumberInput value={form.keepAlive} min={5} max={65_535} unit={t("common.seconds")} onChange={(keepAlive) => onChange({ keepAlive })} />
      </Field>
      <Field label={t("credentials.maxPacket")} problem={problem("max_packet_size")}>
        <NumberInput value={form.maxPacketSize} min={1024} max={268_435_460} unit={t("common.bytes")} onChange={(maxPacketSize) => onChange({ maxPacketSize })} />
        {form.maxPacketSize !== null && form.maxPacketSize >= 1024 && <span className={styles.quiet}>{formatBytes(form.maxPacketSize)}</span>}
      </Field>
      {form.version === "5" && <ConnectPropertiesFields value={form.properties} hub={hub} problems={problems} onChange={(properties) => onChange({ properties })} />}
      <WillFields form={form} hub={hub} problems={problems} onChange={onChange} />
    </fieldset>
  );
}
