import type { TFunction } from "i18next";
import type { Connection, FieldProblem, HubKind, ProxyChoice, Transport } from "@/contract";

/** Where the form's proxy comes from; SOCKS5 is one choice here and two kinds for the engine. */
export type ProxyWay = "none" | "system" | "http" | "socks5";

/** How a hub is reached, while it is edited. Ports that are not a number yet are null. */
export interface ConnectionForm {
  path: string;
  socket: string;
  /** Names with commas between. */
  alpn: string;
  addressHost: string;
  addressPort: number | null;
  proxy: ProxyWay;
  proxyHost: string;
  proxyPort: number | null;
  proxyUser: string;
  /** SOCKS5: the proxy looks up names, not this machine. */
  proxyNames: boolean;
}

const PROXY_PORTS = { http: 8080, socks5: 1080 };

/** The path of MQTT over WebSocket that Azure has, and the one that brokers usually have. */
const PATHS = { azure: "/$iothub/websocket", usual: "/mqtt" };

const USUAL_PORTS: Record<Transport, number> = { mqtt: 1883, mqtts: 8883, ws: 80, wss: 443, unix: 0 };

export const isTls = (transport: Transport): boolean => transport === "mqtts" || transport === "wss";
export const isWebSocket = (transport: Transport): boolean => transport === "ws" || transport === "wss";
export const isAzure = (kind: HubKind): boolean => kind === "azure_iot_hub" || kind === "azure_dps";

export const newConnection = (kind: HubKind): ConnectionForm => ({
  path: isAzure(kind) ? PATHS.azure : PATHS.usual,
  socket: "",
  alpn: "",
  addressHost: "",
  addressPort: null,
  proxy: "none",
  proxyHost: "",
  proxyPort: PROXY_PORTS.http,
  proxyUser: "",
  proxyNames: true,
});

/** A stored connection as the form shows it. */
export function editConnection(connection: Connection, kind: HubKind): ConnectionForm {
  const { path, socket, alpn, address, proxy } = connection;
  const form = { ...newConnection(kind), path, socket, alpn: alpn.join(", "), addressHost: address?.host ?? "", addressPort: address?.port ?? null };
  if (proxy.choice !== "own") return { ...form, proxy: proxy.choice };
  const { kind: of, host, port, user_name } = proxy.proxy;
  return { ...form, proxy: of === "http" ? "http" : "socks5", proxyHost: host, proxyPort: port, proxyUser: user_name ?? "", proxyNames: of !== "socks5" };
}

export function connectionDraft(form: ConnectionForm, port: number | null): Connection {
  const host = form.addressHost.trim();
  return {
    path: form.path.trim(),
    socket: form.socket.trim(),
    alpn: form.alpn.split(",").map((name) => name.trim()).filter((name) => name !== ""),
    address: host === "" ? null : { host, port: form.addressPort ?? port ?? 0 },
    proxy: proxyDraft(form),
  };
}

function proxyDraft(form: ConnectionForm): ProxyChoice {
  if (form.proxy === "none" || form.proxy === "system") return { choice: form.proxy };
  const kind = form.proxy === "http" ? "http" : form.proxyNames ? "socks5h" : "socks5";
  return { choice: "own", proxy: { kind, host: form.proxyHost.trim(), port: form.proxyPort ?? 0, user_name: form.proxyUser || null } };
}

/** Another kind of proxy; the port goes along while it is the usual one. */
export function withProxy(form: ConnectionForm, proxy: ProxyWay): ConnectionForm {
  const usual = form.proxyPort === PROXY_PORTS.http || form.proxyPort === PROXY_PORTS.socks5;
  const port = usual && (proxy === "http" || proxy === "socks5") ? PROXY_PORTS[proxy] : form.proxyPort;
  return { ...form, proxy, proxyPort: port };
}

/** The port of another transport: the usual one, unless an unusual one was chosen. */
export function portAfter(from: Transport, to: Transport, port: number | null): number | null {
  return to === "unix" || port === USUAL_PORTS[from] || port === 0 ? USUAL_PORTS[to] : port;
}

/** Ports that cannot be sent. */
export function unsendableConnection(form: ConnectionForm): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const own = form.proxy === "http" || form.proxy === "socks5";
  if (form.addressPort !== null && !(form.addressPort <= 65_535)) problems.push({ field: "connection.address.port", problem: "not_a_port" });
  if (own && (form.proxyPort === null || form.proxyPort > 65_535)) problems.push({ field: "connection.proxy.port", problem: "not_a_port" });
  return problems;
}

/** Whether anything but the straight way is asked for. */
export function isUsed(form: ConnectionForm, hasHeaders: boolean): boolean {
  return form.alpn !== "" || form.addressHost !== "" || form.proxy !== "none" || hasHeaders;
}

/** The way in a line. */
export function connectionSummary(t: TFunction, form: ConnectionForm, hasHeaders: boolean): string {
  const parts: string[] = [];
  if (form.proxy === "system") parts.push(t("connection.throughSystem"));
  else if (form.proxy !== "none") parts.push(t("connection.through", { proxy: `${t(`connection.kind.${form.proxy}`)} ${form.proxyHost}` }));
  if (form.addressHost !== "") parts.push(t("connection.to", { address: form.addressHost }));
  if (form.alpn !== "") parts.push(t("connection.withAlpn", { names: form.alpn }));
  if (hasHeaders) parts.push(t("connection.withHeaders"));
  return parts.length === 0 ? t("connection.straight") : parts.join(", ");
}
