import type { FieldProblem, Hub, HubDetails, HubDraft, HubId, HubKind, HubPreset, SecretDraft, StoredSecret, Transport } from "@/contract";
import { connectionDraft, editConnection, isWebSocket, newConnection, portAfter, unsendableConnection, type ConnectionForm } from "./connectionForm";
import { editTrust, NEW_TRUST, presetTrust, trustDraft, type TrustForm } from "./trustForm";

/** A secret that a hub itself may have. */
export type HubSecret = "policy_key" | "api_key" | "proxy_password" | "headers";

/** The hub form while it is edited. A port that is not a number yet is null. */
export interface HubForm {
  id: HubId | null;
  kind: HubKind;
  name: string;
  host: string;
  port: number | null;
  transport: Transport;
  connection: ConnectionForm;
  trust: TrustForm;
  details: HubDetails;
  /** Secrets as stored, and those that were touched. */
  storedSecrets: StoredSecret[];
  secrets: Partial<Record<HubSecret, SecretDraft>>;
  /** The sandbox's: its address is its own. */
  sandbox: boolean;
}

const TLS_PORT = 8883;
const NO_DETAILS: HubDetails = { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };

/** The secrets that a form of this kind asks for, whatever the way to the hub. */
const SECRETS: Record<HubKind, readonly HubSecret[]> = {
  mqtt_broker: [],
  thingsboard: [],
  azure_iot_hub: ["policy_key"],
  azure_dps: ["policy_key"],
  kaa: ["api_key"],
  sandbox: [],
};

/** An empty form for a hub of `kind`: all platforms use the registered MQTT ports. */
export function newHub(kind: HubKind): HubForm {
  return {
    id: null,
    kind,
    name: "",
    host: "",
    port: TLS_PORT,
    transport: "mqtts",
    connection: newConnection(kind),
    trust: NEW_TRUST,
    details: NO_DETAILS,
    storedSecrets: [],
    secrets: {},
    sandbox: false,
  };
}

export function editHub(hub: Hub): HubForm {
  const { id, kind, name, host, port, transport, details, sandbox } = hub;
  const connection = editConnection(hub.connection, kind);
  return { id, kind, name, host, port, transport, connection, trust: editTrust(hub.trust), details, storedSecrets: hub.secrets, secrets: {}, sandbox };
}

/** The form as a preset fills it; keys, and the trust unless the preset has one, stay. */
export function withPreset(form: HubForm, preset: HubPreset): HubForm {
  const { id, kind, name, host, port, transport, details } = preset;
  const connection = editConnection(preset.connection, kind);
  const own = withoutPreset(form);
  return { ...own, kind, name, host, port, transport, connection, details: { ...details, defaults: form.details.defaults }, trust: presetTrust(id, preset.trust) ?? own.trust };
}

/** The form on its own: what a preset filled in stays, but not its trust. */
export function withoutPreset(form: HubForm): HubForm {
  return { ...form, details: { ...form.details, preset: null }, trust: form.trust.preset === null ? form.trust : NEW_TRUST };
}

/** Another transport; the port goes along while it is the usual one of the other choice. */
export function withTransport(form: HubForm, transport: Transport): HubForm {
  return { ...form, transport, port: portAfter(form.transport, transport, form.port) };
}

/** The same hub by MQTT over WebSocket with TLS, on this port; a path that belongs to no WebSocket yet is the usual one. */
export function overWebSocket(hub: Hub, port: number): Pick<HubForm, "transport" | "port" | "connection"> {
  const { connection } = editHub(hub);
  const path = isWebSocket(hub.transport) ? connection.path : newConnection(hub.kind).path;
  return { transport: "wss", port, connection: { ...connection, path } };
}

/** Whether a secret will be there once the form is saved. */
export function hasSecret(form: HubForm, field: HubSecret): boolean {
  return secretDraft(form, field).change !== "clear";
}

/** What cannot be sent at all; everything else is judged by the engine. */
export function unsendable(form: HubForm): FieldProblem[] {
  const port: FieldProblem[] = form.port === null || form.port > 65_535 ? [{ field: "port", problem: "not_a_port" }] : [];
  return [...port, ...unsendableConnection(form.connection)];
}

export function hubDraft(form: HubForm): HubDraft {
  const { id, kind, transport } = form;
  const local = transport === "unix";
  const host = local ? "" : form.host.trim();
  return {
    id,
    kind,
    name: form.name.trim() || (local ? form.connection.socket.trim() : host),
    host,
    port: form.port ?? 0,
    transport,
    connection: connectionDraft(form.connection, form.port),
    trust: trustDraft(form.trust),
    details: detailsOf(form),
    secrets: [
      ...secretsOf(form).map((field) => ({ field, draft: secretDraft(form, field) })),
      ...goneSecrets(form).map((field) => ({ field, draft: { change: "clear" } as const })),
    ],
  };
}

/** The secrets of the kind and of the way. */
function secretsOf({ kind, connection, transport }: HubForm): HubSecret[] {
  const own = connection.proxy === "http" || connection.proxy === "socks5";
  const proxy: HubSecret[] = transport !== "unix" && own && connection.proxyUser !== "" ? ["proxy_password"] : [];
  return [...SECRETS[kind], ...proxy, ...(isWebSocket(transport) ? (["headers"] as const) : [])];
}

/** What is stored for a way that the form no longer goes. */
function goneSecrets(form: HubForm): HubSecret[] {
  const kept = secretsOf(form);
  return (["proxy_password", "headers"] as const).filter((field) => !kept.includes(field) && form.storedSecrets.some((secret) => secret.field === field));
}

/** Empty texts are none, and a REST API without an address is none. */
function detailsOf({ details }: HubForm): HubDetails {
  const text = (value: string | null) => value?.trim() || null;
  const kaa = details.kaa !== null && details.kaa.base_url.trim() !== "" ? details.kaa : null;
  return { preset: details.preset, id_scope: text(details.id_scope), service_host: text(details.service_host), policy: text(details.policy), gateway: text(details.gateway), kaa, defaults: details.defaults };
}

function secretDraft(form: HubForm, field: HubSecret): SecretDraft {
  const touched = form.secrets[field];
  const stored = form.storedSecrets.some((secret) => secret.field === field);
  if (touched === undefined || touched.change === "keep" || (touched.change === "set" && touched.value === "")) return { change: stored ? "keep" : "clear" };
  return touched;
}
