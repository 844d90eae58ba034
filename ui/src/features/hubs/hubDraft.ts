import type { CaChange, CaSummary, FieldProblem, HeldFile, Hub, HubDraft, HubId, HubKind } from "@/contract";

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
  /** A file chosen now, or "system": back to the system's roots. */
  ca: HeldFile | "system" | "keep";
}

const PLAIN_PORT = 1883;
const TLS_PORT = 8883;

/** An empty form for a hub of `kind`: both platforms use the registered MQTT ports. */
export function newHub(kind: HubKind): HubForm {
  return { id: null, kind, name: "", host: "", port: TLS_PORT, tls: true, storedCa: null, ca: "keep" };
}

export function editHub(hub: Hub): HubForm {
  const { id, kind, name, host, port, tls, ca } = hub;
  return { id, kind, name, host, port, tls, storedCa: ca, ca: "keep" };
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
  return { id, kind, name: form.name.trim() || host, host, port: form.port ?? 0, tls, ca: caChange(form) };
}

function caChange(form: HubForm): CaChange {
  if (form.ca === "keep") return form.storedCa === null ? { change: "system_roots" } : { change: "keep" };
  return form.ca === "system" ? { change: "system_roots" } : { change: "file", handle: form.ca.handle };
}
