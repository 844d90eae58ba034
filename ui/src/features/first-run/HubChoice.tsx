import { useTranslation } from "react-i18next";
import { Field, Select } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { Hub, HubId, HubKind } from "@/contract";
import { useLiveQuery } from "@/live";
import styles from "./FirstRun.module.css";

const NEW = "";

/** Hubs at which a certificate alone proves a device. */
const TAKES_CERTIFICATES: readonly HubKind[] = ["mqtt_broker", "thingsboard", "azure_iot_hub", "azure_dps"];

const takesCertificate = ({ kind, transport, sandbox }: Hub) => (transport === "mqtts" || transport === "wss") && !sandbox && TAKES_CERTIFICATES.includes(kind);

/** Which hub a pasted certificate's device is put on: it names none itself. */
export function HubChoice({ value, onChange }: { value: HubId | null; onChange: (hub: HubId | null) => void }) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("tree.get", {});
  const hubs = data?.hubs.filter(takesCertificate) ?? [];
  if (hubs.length === 0) return null;
  const options = [{ value: NEW, label: t("firstRun.hubNone") }, ...hubs.map(({ id, name }) => ({ value: id, label: visibleString(name) }))];
  return (
    <div className={styles.question}>
      <Field label={t("firstRun.onHub")} hint={t("firstRun.onHubHint")}>
        <Select value={value ?? NEW} options={options} onChange={(hub) => onChange(hub === NEW ? null : hub)} />
      </Field>
    </div>
  );
}
