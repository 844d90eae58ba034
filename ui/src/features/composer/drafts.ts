import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { NO_PROPERTIES } from "@/components/mqtt";
import type { Device, DeviceId, Hub, MessageProperties, PastedMessage } from "@/contract";

/** What is written in a composer. */
export interface Draft {
  topic: string;
  payload: string;
  qos: number;
  retain: boolean;
  /** Sent by MQTT 5 only. */
  properties: MessageProperties;
}

/** Drafts of this page, by device: another tab or a lost connection does not take them away. */
const drafts = new Map<DeviceId, Draft>();
/** Pasted messages that became a draft; what was edited since must not be overwritten when the page comes back. */
const taken = new WeakSet<PastedMessage>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(device: DeviceId, draft: Draft): void {
  drafts.set(device, draft);
  for (const listener of listeners) listener();
}

/** The draft of a device, beginning with a fitting first one; a pasted message takes its place once. */
export function useDraft(device: Device, hub: Hub, message: PastedMessage | null): [Draft, (part: Partial<Draft>) => void] {
  const first = useMemo(() => firstDraft(device, hub), [device, hub]);
  const draft = useSyncExternalStore(subscribe, () => drafts.get(device.id)) ?? first;

  useEffect(() => {
    if (message === null || taken.has(message)) return;
    taken.add(message);
    keep(device.id, { topic: message.topic, payload: message.payload, qos: message.qos, retain: message.retain, properties: NO_PROPERTIES });
  }, [device.id, message]);

  const change = useCallback(
    (part: Partial<Draft>) => keep(device.id, { ...(drafts.get(device.id) ?? first), ...part }),
    [device.id, first],
  );
  return [draft, change];
}

/** Where a device of this platform sends its telemetry, with a payload to change. */
function firstDraft(device: Device, hub: Hub): Draft {
  const telemetry = '{\n  "temperature": 21.5\n}';
  switch (hub.kind) {
    case "thingsboard":
      return { topic: "v1/devices/me/telemetry", payload: telemetry, qos: 1, retain: false, properties: NO_PROPERTIES };
    case "sandbox":
      return { topic: `devices/${device.name}/telemetry`, payload: telemetry, qos: 1, retain: false, properties: NO_PROPERTIES };
    case "azure_iot_hub":
      return { topic: `${azureResource(device.client_id)}/messages/events/`, payload: telemetry, qos: 1, retain: false, properties: NO_PROPERTIES };
    case "kaa":
      return { topic: kaaTelemetry(device), payload: telemetry, qos: 1, retain: false, properties: NO_PROPERTIES };
    case "azure_dps":
    case "mqtt_broker":
      return { topic: "", payload: "", qos: 0, retain: false, properties: NO_PROPERTIES };
  }
}

/** Of the client id: the device, or device and module. */
function azureResource(clientId: string): string {
  const [device = "", module] = clientId.split("/");
  return module === undefined ? `devices/${device}` : `devices/${device}/modules/${module}`;
}

/** The engine puts the token in; a request id asks the platform for an answer. */
function kaaTelemetry({ credential }: Device): string {
  return credential.kind === "endpoint_token" ? `kp1/${credential.app_version}/dcx/{token}/json/1` : "";
}
