import type { CredentialDraft, Device, DeviceDraft, DeviceId, FieldProblem, HubId, HubKind, MqttVersion, SecretDraft, SecretSummary } from "@/contract";

export type CredentialKind = CredentialDraft["kind"];

/** The device form while it is edited. Both credentials keep what was typed when the kind is switched. */
export interface DeviceForm {
  id: DeviceId | null;
  hub: HubId;
  name: string;
  clientId: string;
  credential: CredentialKind;
  token: SecretDraft;
  userName: string;
  password: SecretDraft;
  storedToken: SecretSummary | null;
  storedPassword: SecretSummary | null;
  version: MqttVersion;
  cleanSession: boolean;
  keepAlive: number | null;
  maxPacketSize: number | null;
}

/** What a device of a hub can prove itself with, the usual one first. */
export const CREDENTIALS: Record<HubKind, readonly CredentialKind[]> = {
  mqtt_broker: ["basic", "none"],
  thingsboard: ["access_token", "basic"],
  sandbox: ["access_token", "basic"],
};

const EMPTY: SecretDraft = { change: "set", value: "" };

/** An empty form, with the same session options as the engine's own defaults. */
export function newDevice(hub: HubId, kind: HubKind): DeviceForm {
  return {
    id: null,
    hub,
    name: "",
    clientId: "",
    credential: CREDENTIALS[kind][0] ?? "none",
    token: EMPTY,
    userName: "",
    password: EMPTY,
    storedToken: null,
    storedPassword: null,
    version: "3.1.1",
    cleanSession: true,
    keepAlive: 60,
    maxPacketSize: 16_777_216,
  };
}

export function editDevice(device: Device): DeviceForm {
  const { id, hub, name, credential, options } = device;
  const token = credential.kind === "access_token" ? credential.token : null;
  const password = credential.kind === "basic" ? credential.password : null;
  return {
    id,
    hub,
    name,
    clientId: device.client_id,
    credential: credential.kind,
    token: token?.set === true ? { change: "keep" } : EMPTY,
    userName: credential.kind === "basic" ? credential.user_name : "",
    password: password?.set === true ? { change: "keep" } : EMPTY,
    storedToken: token,
    storedPassword: password,
    version: options.version,
    cleanSession: options.clean_session,
    keepAlive: options.keep_alive,
    maxPacketSize: options.max_packet_size,
  };
}

/** Numbers that are none; they cannot be sent, everything else is judged by the engine. */
export function unsendable(form: DeviceForm): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (form.keepAlive === null || form.keepAlive > 65_535) problems.push({ field: "options.keep_alive", problem: "out_of_range" });
  if (form.maxPacketSize === null || form.maxPacketSize > 0xffff_ffff) problems.push({ field: "options.max_packet_size", problem: "out_of_range" });
  return problems;
}

export function deviceDraft(form: DeviceForm): DeviceDraft {
  return {
    id: form.id,
    hub: form.hub,
    name: form.name.trim() || form.clientId.trim(),
    client_id: form.clientId,
    credential: credentialDraft(form),
    options: {
      version: form.version,
      clean_session: form.cleanSession,
      keep_alive: form.keepAlive ?? 0,
      max_packet_size: form.maxPacketSize ?? 0,
    },
  };
}

function credentialDraft(form: DeviceForm): CredentialDraft {
  switch (form.credential) {
    case "none":
      return { kind: "none" };
    case "access_token":
      return { kind: "access_token", token: form.token };
    case "basic":
      return { kind: "basic", user_name: form.userName, password: emptyMeansNone(form.password) };
  }
}

/** An empty password is no password. */
function emptyMeansNone(secret: SecretDraft): SecretDraft {
  return secret.change === "set" && secret.value === "" ? { change: "clear" } : secret;
}
