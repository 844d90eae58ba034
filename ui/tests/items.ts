import { NO_CONNECT_PROPERTIES } from "@/components/mqtt";
import type { Certificate, Connection, Device, Hub } from "@/contract";

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
