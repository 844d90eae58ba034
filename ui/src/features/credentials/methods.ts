import type { Credential, Device, HubKind, SecretField } from "@/contract";

/**
 * What a device can prove itself with, as a form offers it: a credential, with or without a client certificate beside
 * it.
 */
export type Method =
  | "none"
  | "access_token"
  | "basic"
  | "shared_access_key"
  | "sas_token"
  | "group_key"
  | "x509_own"
  | "x509_ca"
  | "basic_x509"
  | "provision"
  | "endpoint"
  | "endpoint_basic"
  | "endpoint_x509"
  | "endpoint_both";

/** What each hub takes, the usual one first. */
export const METHODS: Record<HubKind, readonly Method[]> = {
  mqtt_broker: ["basic", "x509_ca", "basic_x509", "none"],
  thingsboard: ["access_token", "basic", "x509_own", "provision"],
  azure_iot_hub: ["shared_access_key", "sas_token", "x509_own", "x509_ca"],
  azure_dps: ["shared_access_key", "group_key", "sas_token", "x509_ca"],
  kaa: ["endpoint", "endpoint_basic", "endpoint_x509", "endpoint_both"],
  sandbox: ["access_token", "basic"],
};

const SECRETS: Record<Method, readonly SecretField[]> = {
  none: [],
  access_token: ["token"],
  basic: ["password"],
  shared_access_key: ["primary_key", "secondary_key"],
  sas_token: ["token"],
  group_key: ["group_key"],
  x509_own: [],
  x509_ca: [],
  basic_x509: ["password"],
  provision: ["provision_key", "provision_secret"],
  endpoint: ["token"],
  endpoint_basic: ["token", "password"],
  endpoint_x509: ["token"],
  endpoint_both: ["token", "password"],
};

/** The secrets that a form of this method asks for; a certificate's key comes with the certificate. */
export const secretsOf = (method: Method): readonly SecretField[] => SECRETS[method];

const WITH_CERTIFICATE: ReadonlySet<Method> = new Set<Method>(["x509_own", "x509_ca", "basic_x509", "endpoint_x509", "endpoint_both"]);

export const hasCertificate = (method: Method): boolean => WITH_CERTIFICATE.has(method);

/** The method that a stored device uses. */
export function methodOf({ credential, certificate }: Pick<Device, "credential" | "certificate">): Method {
  switch (credential.kind) {
    case "x509":
      return credential.trust === "itself" ? "x509_own" : "x509_ca";
    case "basic":
      return certificate === null ? "basic" : "basic_x509";
    case "endpoint_token":
      return endpointMethod(credential, certificate !== null);
    default:
      return credential.kind;
  }
}

function endpointMethod({ user_name }: Extract<Credential, { kind: "endpoint_token" }>, certificate: boolean): Method {
  if (certificate) return user_name === null ? "endpoint_x509" : "endpoint_both";
  return user_name === null ? "endpoint" : "endpoint_basic";
}

/** What a form for this hub offers; a device that came with another method (an import, an older version) keeps it. */
export function offeredMethods(kind: HubKind, current: Method): readonly Method[] {
  const offered = METHODS[kind];
  return offered.includes(current) ? offered : [...offered, current];
}

const BESIDE: Partial<Record<Method, Method>> = { basic: "basic_x509", endpoint: "endpoint_x509", endpoint_basic: "endpoint_both" };

/** The method of a device with a client certificate: beside what it has where the hub takes both, else in its place. */
export function withCertificate(kind: HubKind, device: Pick<Device, "credential" | "certificate">): { method: Method } {
  const now = methodOf(device);
  if (hasCertificate(now)) return { method: now };
  const offered = METHODS[kind];
  const beside = BESIDE[now];
  return { method: beside !== undefined && offered.includes(beside) ? beside : (offered.find(hasCertificate) ?? now) };
}
