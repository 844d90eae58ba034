import type { Device, Hub } from "@/contract";
import { withCertificate, type DeviceMend } from "@/features/credentials";
import type { FormFix } from "@/features/diagnose";
import { editHub, overWebSocket, withTransport, type HubMend } from "@/features/hubs";

/** The form that mends what Diagnose found, with the change that it opens with. */
export type Mend = { form: "hub"; mend: HubMend } | { form: "device"; mend: DeviceMend };

const TLS = { mqtt: "mqtts", ws: "wss" } as const;
const PLAIN = { mqtts: "mqtt", wss: "ws" } as const;

/** Where a fix is made. Nothing is changed before the form is saved. */
export function mendOf(fix: FormFix, hub: Hub, device: Device): Mend {
  const ofHub = (place: HubMend["place"], part: HubMend["part"] = {}): Mend => ({ form: "hub", mend: { place, part } });
  const ofDevice = (place: DeviceMend["place"], part: DeviceMend["part"] = {}): Mend => ({ form: "device", mend: { place, part } });
  switch (fix.fix) {
    case "enter_host":
      return ofHub("host", fix.host === null ? {} : { host: fix.host });
    case "change_port":
      return ofHub("port");
    case "use_web_socket":
      return ofHub("transport", overWebSocket(hub, fix.port));
    case "change_path":
      return ofHub("path");
    case "change_proxy":
      return ofHub("proxy");
    case "turn_tls_on":
      return ofHub("transport", transportPart(hub, TLS[hub.transport as keyof typeof TLS] ?? hub.transport));
    case "turn_tls_off":
      return ofHub("transport", transportPart(hub, PLAIN[hub.transport as keyof typeof PLAIN] ?? hub.transport));
    case "edit_credential":
      return ofDevice("credential");
    case "choose_client_certificate":
      return ofDevice("certificate", withCertificate(hub.kind, device));
    case "change_client_id":
      return ofDevice("clientId");
    case "change_version":
      return ofDevice("version", { version: fix.version });
  }
}

/** Another transport with the port that goes along. */
function transportPart(hub: Hub, transport: Hub["transport"]): HubMend["part"] {
  const { port } = withTransport(editHub(hub), transport);
  return { transport, port };
}
