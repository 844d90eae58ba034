import type { HubKind } from "@/contract";

/** Why a hub takes no QoS 2, as a text of `mqtt`; null: it does. */
export function refusesQosTwo(hub: HubKind): "qosTwoAzure" | "qosTwoThingsBoard" | null {
  switch (hub) {
    case "azure_iot_hub":
    case "azure_dps":
      return "qosTwoAzure";
    case "thingsboard":
      return "qosTwoThingsBoard";
    default:
      return null;
  }
}
