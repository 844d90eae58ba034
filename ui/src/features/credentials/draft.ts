import { filledPairs, filledProperties, notNumbers } from "@/components/mqtt";
import type { CertificateDraft, Credential, Device, DeviceDraft, FieldProblem, SasOptions, SecretDraft, SecretEntry, SecretField } from "@/contract";
import { editDevice, type DeviceForm } from "./form";
import { hasCertificate, secretsOf } from "./methods";

/** What a save sends. `device` is what is stored now; null for a new one. */
export function deviceDraft(form: DeviceForm, device: Device | null): DeviceDraft {
  return {
    id: form.id,
    hub: form.hub,
    name: form.name.trim() || form.clientId.trim(),
    client_id: form.clientId,
    credential: credentialOf(form, device),
    secrets: secretEntries(form, device),
    certificate: certificateDraft(form, device),
    options: {
      version: form.version,
      clean_session: form.cleanSession,
      keep_alive: form.keepAlive ?? 0,
      max_packet_size: form.maxPacketSize ?? 0,
      properties: { ...form.properties, user_properties: filledPairs(form.properties.user_properties) },
      will: form.will === null ? null : { ...form.will, properties: filledProperties(form.will.properties) },
    },
  };
}

function credentialOf(form: DeviceForm, device: Device | null): Credential {
  switch (form.method) {
    case "none":
    case "access_token":
    case "sas_token":
    case "provision":
      return { kind: form.method };
    case "basic":
    case "basic_x509":
      return { kind: "basic", user_name: form.userName };
    case "shared_access_key":
      return { kind: "shared_access_key", sign_with: form.signWith, sas: sasOptions(form, device) };
    case "group_key":
      return { kind: "group_key", sas: sasOptions(form, device) };
    case "x509_own":
      return { kind: "x509", trust: "itself" };
    case "x509_ca":
      return { kind: "x509", trust: "authority" };
    case "endpoint":
    case "endpoint_basic":
    case "endpoint_x509":
    case "endpoint_both":
      return {
        kind: "endpoint_token",
        app_version: form.appVersion.trim(),
        endpoint_id: form.endpointId.trim() || null,
        user_name: form.method === "endpoint_basic" || form.method === "endpoint_both" ? form.userName : null,
      };
  }
}

/** Renewal is switched beside the token's state, not in this form, so the stored choice stays. */
function sasOptions(form: DeviceForm, device: Device | null): SasOptions {
  const stored = device?.credential;
  const sas = stored?.kind === "shared_access_key" || stored?.kind === "group_key" ? stored.sas : null;
  return { lifetime: form.lifetime, auto_renew: sas?.auto_renew ?? true };
}

/** What the form does with the secrets of its method; those that are stored for another method go. */
function secretEntries(form: DeviceForm, device: Device | null): SecretEntry[] {
  const own = secretsOf(form.method);
  const foreign = (device?.secrets ?? []).map(({ field }) => field).filter((field) => field !== "private_key" && !own.includes(field));
  return [
    ...own.map((field) => ({ field, draft: secretDraft(form.secrets[field], field, device) })),
    ...foreign.map((field) => ({ field, draft: { change: "clear" } as const })),
  ];
}

/** An empty secret is none. */
function secretDraft(touched: SecretDraft | undefined, field: SecretField, device: Device | null): SecretDraft {
  const stored = device?.secrets.some((secret) => secret.field === field) === true;
  if (touched === undefined || touched.change === "keep") return { change: stored ? "keep" : "clear" };
  return touched.change === "set" && touched.value === "" ? { change: stored ? "keep" : "clear" } : touched;
}

function certificateDraft(form: DeviceForm, device: Device | null): CertificateDraft {
  const { certificate, method } = form;
  if (!hasCertificate(method)) return { change: device?.certificate ? "clear" : "keep" };
  return certificate.change === "set" ? { change: "set", files: certificate.files } : { change: certificate.change };
}

/** Whether saving the form would change anything. */
export function isChanged(form: DeviceForm, device: Device): boolean {
  return JSON.stringify(deviceDraft(form, device)) !== JSON.stringify(deviceDraft(editDevice(device), device));
}

/** Numbers that are none; they cannot be sent, everything else is judged by the engine. */
export function unsendable(form: DeviceForm): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (form.keepAlive === null || form.keepAlive > 65_535) problems.push({ field: "options.keep_alive", problem: "out_of_range" });
  if (form.maxPacketSize === null || form.maxPacketSize > 0xffff_ffff) problems.push({ field: "options.max_packet_size", problem: "out_of_range" });
  const { session_expiry, receive_maximum, topic_alias_maximum } = form.properties;
  problems.push(...notNumbers("options.properties", { session_expiry, receive_maximum, topic_alias_maximum }));
  if (form.will !== null) {
    problems.push(...notNumbers("options.will", { delay: form.will.delay }));
    problems.push(...notNumbers("options.will.properties", { message_expiry: form.will.properties.message_expiry }));
  }
  return problems;
}
