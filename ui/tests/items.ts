import { NO_CONNECT_PROPERTIES } from "@/components/mqtt";
import type { Certificate, CertificateDetail, CertificateEntry, Connection, Device, Hub } from "@/contract";

/** The way to a hub that needs no other. */
export const STRAIGHT: Connection = { path: "/mqtt", socket: "", alpn: [], address: null, proxy: { choice: "none" } };

/** A hub as the engine answers it. */
export function hubItem(part: Partial<Hub> = {}): Hub {
  return {
    id: "h",
    kind: "mqtt_broker",
    name: "lab",
    host: "lab.example",
    port: 8883,
    transport: "mqtts",
    connection: STRAIGHT,
    trust: { mode: "system", certificates: [] },
    details: { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null },
    sandbox: false,
    secrets: [],
    ...part,
  };
}

/** A device as the engine answers it. */
export function deviceItem(part: Partial<Device> = {}): Device {
  return {
    id: "d",
    hub: "h",
    name: "bench",
    client_id: "c",
    credential: { kind: "basic", user_name: "u" },
    secrets: [{ field: "password", ends: "Q8w=" }],
    certificate: null,
    credential_set: 1_795_000_000,
    options: { version: "5", clean_session: true, keep_alive: 60, max_packet_size: 1024, properties: NO_CONNECT_PROPERTIES, will: null },
    ...part,
  };
}

export const CERTIFICATE: Certificate = {
  subject: "CN=press-1",
  common_name: "press-1",
  issuer: "CN=ACME Factory CA 03",
  serial: "81985529216486895",
  not_before: 1_795_000_000,
  not_after: 1_995_000_000,
  key: "P-256",
  sha1: "0A1B2C3D",
  sha256: "C47B19E0",
  thingsboard_id: "84f59117",
  chain: 2,
  self_signed: false,
};

/** A certificate of the list, by its name. Its SHA-256 is the name's own, so that tests can say it. */
export function certificateEntry(name: string, part: Partial<Omit<CertificateEntry, "certificate">> = {}, certificate: Partial<Certificate> = {}): CertificateEntry {
  return {
    certificate: { ...CERTIFICATE, subject: `CN=${name}`, common_name: name, sha256: sha256Of(name), chain: 1, ...certificate },
    role: "device",
    issued_by: null,
    has_key: true,
    renewable: false,
    devices: [],
    hubs: [],
    revoked: null,
    replaced_by: null,
    ...part,
  };
}

/** The SHA-256 that `certificateEntry` gives a name. */
export function sha256Of(name: string): string {
  const hex = [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("");
  return hex.padEnd(64, "0").slice(0, 64).toUpperCase();
}

/** All about a certificate of the list. */
export function certificateDetail(entry: CertificateEntry, part: Partial<CertificateDetail> = {}): CertificateDetail {
  const facts = {
    ...entry.certificate,
    version: 3,
    serial_hex: "5A110C9E7702",
    alternative_names: [],
    is_ca: entry.role === "root" || entry.role === "issuing",
    path_length: null,
    key_usages: [],
    extended_key_usages: [],
    subject_key_id: null,
    authority_key_id: null,
    signature: "ecdsa-with-SHA256",
  };
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  return { entry, facts, pem, chain: [{ facts, pem, listed: true }], issued: [], remarks: [], revocation_list: 0, events: [], ...part };
}
