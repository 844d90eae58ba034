import type { Device, Hub, HubId, SasEnd, SasScope } from "@/contract";

export type ScopeName = SasScope["scope"];

/** The form in which a SAS token is asked for. */
export interface SasForm {
  scope: ScopeName;
  /** Of a policy: one device's resource, or empty for all. */
  deviceId: string;
  /** Event Hubs. */
  namespaceHost: string;
  entity: string;
  until: "lifetime" | "time";
  lifetime: number;
  /** Local date and time as the control writes it: 2026-11-22T18:30. */
  time: string;
}

export function newSasForm(hub: Hub, device: Device | null): SasForm {
  return {
    scope: scopesOf(hub, device)[0] ?? "service",
    deviceId: device?.client_id ?? "",
    namespaceHost: "",
    entity: "",
    until: "lifetime",
    lifetime: 3_600,
    time: localMinutes(Date.now() + 86_400_000),
  };
}

/** What can be signed: its own resource with the device's key, the rest with the hub's policy key. */
export function scopesOf(hub: Hub, device: Device | null): ScopeName[] {
  const kind = device?.credential.kind;
  const key = kind === "shared_access_key" || kind === "group_key";
  return [...(key ? (["device"] as const) : []), ...policyScopes(hub)];
}

/** Permissions of the policies that every hub begins with; one with another name may have any. */
const PERMITTED: Readonly<Record<string, readonly ScopeName[]>> = {
  service: ["service", "event_hubs"],
  device: ["policy_device"],
  registryRead: ["service"],
  registryReadWrite: ["service"],
};

function policyScopes({ kind, secrets, details }: Hub): readonly ScopeName[] {
  const named = details.policy !== null && details.policy !== "";
  if (!named || !secrets.some(({ field }) => field === "policy_key")) return [];
  if (kind === "azure_dps") return ["service"];
  return kind === "azure_iot_hub" ? (PERMITTED[details.policy ?? ""] ?? ["policy_device", "service", "event_hubs"]) : [];
}

/** What is asked of the engine; null while the form is not complete. */
export function sasWanted(form: SasForm, hub: Hub, device: Device | null): { scope: SasScope; end: SasEnd } | null {
  const scope = scopeOf(form, hub.id, device);
  const end = endOf(form);
  return scope === null || end === null ? null : { scope, end };
}

function scopeOf(form: SasForm, hub: HubId, device: Device | null): SasScope | null {
  switch (form.scope) {
    case "device":
      return device === null ? null : { scope: "device", device: device.id };
    case "service":
      return { scope: "service", hub };
    case "policy_device":
      return { scope: "policy_device", hub, device_id: form.deviceId.trim() || null };
    case "event_hubs": {
      const [namespace_host, entity] = [form.namespaceHost.trim(), form.entity.trim()];
      return namespace_host === "" || entity === "" ? null : { scope: "event_hubs", hub, namespace_host, entity };
    }
  }
}

function endOf(form: SasForm): SasEnd | null {
  if (form.until === "lifetime") return { end: "after", seconds: form.lifetime };
  const time = Date.parse(form.time);
  return Number.isNaN(time) ? null : { end: "at", time: Math.floor(time / 1000) };
}

/** A moment as a local date and time control takes it. */
export function localMinutes(millis: number): string {
  const at = new Date(millis - new Date(millis).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}
