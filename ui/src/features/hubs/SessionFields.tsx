import { useTranslation } from "react-i18next";
import { Field, NumberInput, Segmented, Switch } from "@/components/fields";
import { formatBytes } from "@/i18n";
import type { MqttVersion } from "@/contract";
import type { DeviceForm } from "./deviceDraft";
import styles from "./Forms.module.css";
import type { Problems } from "./problems";

// Version numbers are the same in every language.
const VERSIONS: { value: MqttVersion; label: string }[] = [
  { value: "3.1.1", label: "3.1.1" },
  { value: "5", label: "5" },
];

interface SessionFieldsProps {
  form: DeviceForm;
  problems: Problems;
  onChange: (part: Partial<DeviceForm>) => void;
}

/** How the session is kept. */
export function SessionFields({ form, problems, onChange }: SessionFieldsProps) {
  const { t } = useTranslation();
  const problem = (field: string) => problems.get(`options.${field}`) ?? null;
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{t("hubs.options")}</legend>
      <Field label={t("hubs.version")} problem={problem("version")}>
        <Segmented value={form.version} segments={VERSIONS} onChange={(version) => onChange({ version })} />
      </Field>
      <Field label={t("hubs.cleanSession")} problem={problem("clean_session")}>
        <Switch checked={form.cleanSession} onChange={(cleanSession) => onChange({ cleanSession })} />
        <span className={styles.quiet}>{t(form.cleanSession ? "hubs.cleanOn" : "hubs.cleanOff")}</span>
      </Field>
      <Field label={t("hubs.keepAlive")} problem={problem("keep_alive")}>
        <NumberInput value={form.keepAlive} min={5} max={65_535} unit={t("common.seconds")} onChange={(keepAlive) => onChange({ keepAlive })} />
      </Field>
      <Field label={t("hubs.maxPacket")} problem={problem("max_packet_size")}>
        <NumberInput value={form.maxPacketSize} min={1024} max={268_435_460} unit={t("common.bytes")} onChange={(maxPacketSize) => onChange({ maxPacketSize })} />
        {form.maxPacketSize !== null && form.maxPacketSize >= 1024 && <span className={styles.quiet}>{formatBytes(form.maxPacketSize)}</span>}
      </Field>
    </fieldset>
  );
}
