import { NO_CONNECT_PROPERTIES } from "@/components/mqtt";
import type { Certificate, CertificateFiles, ConnectProperties, Device, DeviceId, Hub, HubId, KeyChoice, MqttVersion, SecretDraft, SecretField, SessionOptions, Will } from "@/contract";
import { METHODS, methodOf, type Method } from "./methods";

/** What happens to the client certificate; one that was read is shown by its summary before it is saved. */
export type CertificateChange = { change: "keep" } | { change: "clear" } | { change: "set"; files: CertificateFiles; summary: Certificate };

/** A device's form while it is edited. What was typed for one method is still there after a look at another. */
export interface DeviceForm {
  id: DeviceId | null;
  hub: HubId;
  name: string;
  clientId: string;
  method: Method;
  userName: string;
  appVersion: string;
  endpointId: string;
  signWith: KeyChoice;
  /** Seconds that a SAS token lives. */
  lifetime: number;
  /** Secrets that were touched. */
  secrets: Partial<Record<SecretField, SecretDraft>>;
  certificate: CertificateChange;
  version: MqttVersion;
  cleanSession: boolean;
  keepAlive: number | null;
  maxPacketSize: number | null;
  /** Of MQTT 5; a number in them that is none is NaN. */
  properties: ConnectProperties;
  will: Will | null;
}

export const KEEP: SecretDraft = { change: "keep" };

/** One hour, as the vendor's SDKs. */
const SAS_LIFETIME = 3_600;

const OPTIONS: Pick<DeviceForm, "version" | "cleanSession" | "keepAlive" | "maxPacketSize" | "properties" | "will"> = {
  version: "3.1.1",
  cleanSession: true,
  keepAlive: 60,
  maxPacketSize: 16_777_216,
  properties: NO_CONNECT_PROPERTIES,
  will: null,
};

/**
 * Session options that fit a hub. Azure IoT Hub keeps sessions, forgives 240 s of silence and takes messages of 256 KB;
 * ThingsBoard takes payloads of 64 KB. Sources: "Communicate with your IoT hub using the MQTT protocol"; ThingsBoard's
 * NETTY_MAX_PAYLOAD_SIZE.
 */
function optionsFor(kind: Hub["kind"]): typeof OPTIONS {
  switch (kind) {
    case "azure_iot_hub":
      return { ...OPTIONS, cleanSession: false, keepAlive: 240, maxPacketSize: 262_144 };
    case "thingsboard":
      return { ...OPTIONS, maxPacketSize: 65_536 };
    default:
      return OPTIONS;
  }
}

/** An empty form for a device of a hub. */
export function newDevice({ id, kind, details }: Pick<Hub, "id" | "kind" | "details">): DeviceForm {
  return {
    id: null,
    hub: id,
    name: "",
    clientId: "",
    method: METHODS[kind][0] ?? "none",
    userName: "",
    appVersion: "",
    endpointId: "",
    signWith: "primary",
    lifetime: SAS_LIFETIME,
    secrets: {},
    certificate: { change: "keep" },
    ...(details.defaults?.session ? ofSession(details.defaults.session) : optionsFor(kind)),
  };
}

export function editDevice(device: Device): DeviceForm {
  const { credential, options } = device;
  const endpoint = credential.kind === "endpoint_token" ? credential : null;
  const sas = credential.kind === "shared_access_key" || credential.kind === "group_key" ? credential.sas : null;
  return {
    id: device.id,
    hub: device.hub,
    name: device.name,
    clientId: device.client_id,
    method: methodOf(device),
    userName: credential.kind === "basic" ? credential.user_name : (endpoint?.user_name ?? ""),
    appVersion: endpoint?.app_version ?? "",
    endpointId: endpoint?.endpoint_id ?? "",
    signWith: credential.kind === "shared_access_key" ? credential.sign_with : "primary",
    lifetime: sas?.lifetime ?? SAS_LIFETIME,
    secrets: {},
    certificate: { change: "keep" },
    ...ofSession(options),
  };
}

function ofSession(options: SessionOptions): typeof OPTIONS {
  const { version, clean_session: cleanSession, keep_alive: keepAlive, max_packet_size: maxPacketSize, properties, will } = options;
  return { version, cleanSession, keepAlive, maxPacketSize, properties, will };
}

/** The stored secret of a field; null when there is none. */
export function storedSecret(device: Device | null, field: SecretField): { ends: string | null } | null {
  return device?.secrets.find((secret) => secret.field === field) ?? null;
}

/** The certificate that the form stands for now. */
export function shownCertificate(form: DeviceForm, device: Device | null): Certificate | null {
  switch (form.certificate.change) {
    case "keep":
      return device?.certificate ?? null;
    case "clear":
      return null;
    case "set":
      return form.certificate.summary;
  }
}
