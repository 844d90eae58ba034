import type { device as en } from "../en/device";
import type { Translated } from "../translated";

/** Seite eines Geräts. */
export const device: Translated<typeof en> = {
  page: "Gerät {{name}}",
  about: "{{hub}}, {{kind}}",
  kind: {
    mqtt_broker: "MQTT-Broker",
    thingsboard: "ThingsBoard",
    azure_iot_hub: "Azure IoT Hub",
    azure_dps: "Azure-Provisionierung",
    kaa: "Kaa",
    sandbox: "Sandbox",
  },
  edit: "Gerät bearbeiten",
  sections: "Bereiche des Geräts",
  live: "Live",
  activity: "Aktivität",
  packets: "Pakete",
  connection: "Verbindung",
  credentials: "Zugangsdaten",
  leftColumn: "linke Spalte",
  composer: "Senden",
  missing: "Dieses Gerät gibt es nicht mehr",
};
