import type { CaChange, CaSummary, FieldProblem, HeldFile, Hub, HubDetails, HubDraft, HubId, HubKind, HubPreset, SecretDraft, StoredSecret } from "@/contract";

/** A secret that a hub itself may have. */
export type HubSecret = "policy_key" | "api_key";

/** The CA that a preset of the user brings. */
export interface PresetCa {
  preset: string;
  summary: CaSummary;
}

/** The hub form while it is edited. A port that is not a number yet is null. */
export interface HubForm {
  id: HubId | null;
  kind: HubKind;
  name: string;
  host: string;
  port: number | null;
  tls: boolean;
  /** The CA as stored. */
  storedCa: CaSummary | null;
  /** A file chosen now, that of a preset, or "system": back to the system's roots. */
  ca: HeldFile | PresetCa | "system" | "keep";
  details: HubDetails;
  /** Secrets as stored, and those that were touched. */
  storedSecrets: StoredSecret[];
  secrets: Partial<Record<HubSecret, SecretDraft>>;
  /** The sandbox's: its address is its own. */
  sandbox: boolean;
}

const PLAIN_PORT = 1883;
const TLS_PORT = 8883;
const NO_DETAILS: HubDetails = { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };

/** The secrets that a form of this kind asks for. */
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
    tls: true,
    storedCa: null,
    ca: "keep",
    details: NO_DETAILS,
    storedSecrets: [],
    secrets: {},
    sandbox: false,
  };
}

export function editHub(hub: Hub): HubForm {
  const { id, kind, name, host, port, tls, ca, details, sandbox } = hub;
  return { id, kind, name, host, port, tls, storedCa: ca, ca: "keep", details, storedSecrets: hub.secrets, secrets: {}, sandbox };
}

/** The form as a preset fills it; keys, and a CA unless the preset has one, stay. */
export function withPreset(form: HubForm, { id, kind, name, host, port, tls, details, ca }: HubPreset): HubForm {
  return { ...withoutPreset(form), kind, name, host, port, tls, details: { ...details, defaults: form.details.defaults }, ...(ca !== null && { ca: { preset: id, summary: ca } }) };
}

/** The form on its own: what a preset filled in stays, but not its CA. */
export function withoutPreset(form: HubForm): HubForm {
  return { ...form, details: { ...form.details, preset: null }, ca: isPresetCa(form.ca) ? "keep" : form.ca };
}

/** Whether the CA is that of a preset. */
export function isPresetCa(ca: HubForm["ca"]): ca is PresetCa {
  return typeof ca === "object" && "preset" in ca;
}

/** TLS on or off; the port goes along while it is the usual one of the other choice. */
export function withTls(form: HubForm, tls: boolean): HubForm {
  const usual = tls ? PLAIN_PORT : TLS_PORT;
  const port = form.port === usual ? (tls ? TLS_PORT : PLAIN_PORT) : form.port;
  return { ...form, tls, port };
}

/** What cannot be sent at all; everything else is judged by the engine. */
export function unsendable(form: HubForm): FieldProblem[] {
  return form.port === null || form.port > 65_535 ? [{ field: "port", problem: "not_a_port" }] : [];
}

export function hubDraft(form: HubForm): HubDraft {
  const { id, kind, tls } = form;
  const host = form.host.trim();
  return {
    id,
    kind,
    name: form.name.trim() || host,
    host,
    port: form.port ?? 0,
    tls,
    ca: caChange(form),
    details: detailsOf(form),
    secrets: SECRETS[kind].map((field) => ({ field, draft: secretDraft(form, field) })),
  };
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

function caChange(form: HubForm): CaChange {
  if (form.ca === "keep") return form.storedCa === null ? { change: "system_roots" } : { change: "keep" };
  if (isPresetCa(form.ca)) return { change: "preset", preset: form.ca.preset };
  return form.ca === "system" ? { change: "system_roots" } : { change: "file", handle: form.ca.handle };
}
