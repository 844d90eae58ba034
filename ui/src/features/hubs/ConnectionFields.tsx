import { useTranslation } from "react-i18next";
import { Field, Segmented, TextInput } from "@/components/fields";
import { Fold } from "@/components/fold";
import { OptionalNumber } from "@/components/mqtt";
import { connectionSummary, isTls, isUsed, isWebSocket, withProxy, type ConnectionForm, type ProxyWay } from "./connectionForm";
import { HeadersField } from "./HeadersField";
import { hasSecret } from "./hubDraft";
import type { PartProps } from "./parts";
import { ProxyFields } from "./ProxyFields";
import { SystemProxyNote } from "./SystemProxyNote";

const WAYS: readonly ProxyWay[] = ["none", "system", "http", "socks5"];

/** The way to the hub, where it is not the straight one: another address, a proxy, what TLS and WebSocket say besides. */
export function ConnectionFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, place, onChange } = props;
  const { connection } = form;
  if (form.transport === "unix") return null;
  const change = (part: Partial<ConnectionForm>) => onChange({ connection: { ...connection, ...part } });
  const problem = (field: string) => problems.get(field) ?? null;
  const headers = isWebSocket(form.transport) && hasSecret(form, "headers");
  const wrong = [...problems.keys()].some((field) => field.startsWith("connection.") || field === "secrets.headers" || field === "secrets.proxy_password");
  return (
    <Fold title={t("connection.title")} summary={connectionSummary(t, connection, headers)} used={isUsed(connection, headers) || place === "proxy"} wrong={wrong}>
      <Field place="proxy" label={t("connection.proxy")}>
        <Segmented value={connection.proxy} segments={WAYS.map((value) => ({ value, label: t(`connection.kind.${value}`) }))} onChange={(proxy) => change(withProxy(connection, proxy))} />
      </Field>
      {connection.proxy === "system" && <SystemProxyNote host={connection.addressHost.trim() || form.host.trim()} port={connection.addressPort ?? form.port} />}
      {(connection.proxy === "http" || connection.proxy === "socks5") && <ProxyFields {...props} />}
      <Field label={t("connection.address")} problem={problem("connection.address.host")} hint={t("connection.addressHint")} optional>
        <TextInput mono watchSpace value={connection.addressHost} placeholder={t("connection.asAbove")} onChange={(addressHost) => change({ addressHost })} />
      </Field>
      {connection.addressHost !== "" && (
        <Field label={t("connection.addressPort")} problem={problem("connection.address.port")}>
          <OptionalNumber value={connection.addressPort} max={65_535} placeholder={String(form.port ?? "")} onChange={(addressPort) => change({ addressPort })} />
        </Field>
      )}
      {isTls(form.transport) && (
        <Field label={t("connection.alpn")} problem={problem("connection.alpn")} hint={t("connection.alpnHint")} optional>
          <TextInput mono value={connection.alpn} onChange={(alpn) => change({ alpn })} />
        </Field>
      )}
      {isWebSocket(form.transport) && <HeadersField {...props} />}
    </Fold>
  );
}
