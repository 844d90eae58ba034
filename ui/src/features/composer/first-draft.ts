import { NO_PROPERTIES } from "@/components/mqtt";
import type { Device, Hub } from "@/contract";
import type { Draft } from "./drafts";

/** What a new message of a device starts with: its hub's defaults, else where the platform's devices send telemetry. */
export function firstDraft(device: Device, hub: Hub): Draft {
  const platform = platformDraft(device, hub);
  const { defaults } = hub.details;
  if (defaults === null) return platform;
  return {
    ...platform,
    topic: defaults.topic ?? platform.topic,
    payload: defaults.payload ?? platform.payload,
    qos: defaults.publish_qos ?? platform.qos,
    retain: defaults.retain,
  };
}

function platformDraft(device: Device, hub: Hub): Draft {
  const telemetry = (topic: string): Draft => ({ topic, payload: '{\n  "temperature": 21.5\n}', binary: null, qos: 1, retain: false, properties: NO_PROPERTIES });
  switch (hub.kind) {
    case "thingsboard":
      return telemetry("v1/devices/me/telemetry");
    case "sandbox":
      return telemetry(`devices/${device.name}/telemetry`);
    case "azure_iot_hub":
      return telemetry(`${azureResource(device.client_id)}/messages/events/`);
    case "kaa":
      return telemetry(kaaTelemetry(device));
    case "azure_dps":
    case "mqtt_broker":
      return { topic: "", payload: "", binary: null, qos: 0, retain: false, properties: NO_PROPERTIES };
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
