import { useTranslation } from "react-i18next";
import { Field, Segmented, TextInput, type Segment } from "@/components/fields";
import type { Transport } from "@/contract";
import { useWelcome } from "@/live";
import { isAzure, isTls, isWebSocket } from "./connectionForm";
import styles from "./Forms.module.css";
import { withTransport } from "./hubDraft";
import type { PartProps } from "./parts";

const TRANSPORTS: readonly Transport[] = ["mqtt", "mqtts", "ws", "wss", "unix"];

/** What carries MQTT, and the path of a WebSocket; what the platform or the system does not have says why. */
export function TransportField({ form, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const { platform } = useWelcome();
  const problem = (field: string) => problems.get(field) ?? null;
  const broker = form.kind === "mqtt_broker" || form.kind === "sandbox";
  const reason = (transport: Transport) => {
    if (transport === "unix") return !broker ? t("connection.noSocket") : platform === "windows" ? t("connection.noSocketHere") : null;
    if (isAzure(form.kind)) return isTls(transport) ? null : t("connection.azureOnly");
    return isWebSocket(transport) && !broker ? t("connection.noWebSocket") : null;
  };
  const segments: Segment<Transport>[] = TRANSPORTS.map((value) => ({ value, label: t(`connection.short.${value}`), reason: reason(value) }));
  const plain = form.transport === "mqtt" || form.transport === "ws";
  return (
    <>
      <Field place="transport" label={t("connection.transport")} problem={problem("transport")}>
        <Segmented value={form.transport} segments={segments} onChange={(transport) => onChange(withTransport(form, transport))} />
        <span className={plain ? styles.warnLine : styles.quietLine}>{t(plain ? "connection.plainWarning" : `connection.long.${form.transport}`)}</span>
      </Field>
      {isWebSocket(form.transport) && (
        <Field place="path" label={t("connection.path")} problem={problem("connection.path")} hint={isAzure(form.kind) ? t("connection.azurePath") : undefined}>
          <TextInput mono watchSpace value={form.connection.path} onChange={(path) => onChange({ connection: { ...form.connection, path } })} />
        </Field>
      )}
      {form.transport === "unix" && (
        <Field label={t("connection.socket")} problem={problem("connection.socket")}>
          <TextInput mono watchSpace value={form.connection.socket} placeholder={t("connection.socketExample")} onChange={(socket) => onChange({ connection: { ...form.connection, socket } })} />
        </Field>
      )}
    </>
  );
}
