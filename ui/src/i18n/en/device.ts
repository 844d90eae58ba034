/** Texts of device. */
export const device = {
  page: "Device {{name}}",
  about: "{{hub}}, {{kind}}",
  kind: {
    mqtt_broker: "MQTT broker",
    thingsboard: "ThingsBoard",
    azure_iot_hub: "Azure IoT Hub",
    azure_dps: "Azure provisioning",
    kaa: "Kaa",
    sandbox: "Sandbox",
  },
  edit: "Edit device",
  sections: "Sections of the device",
  live: "Live",
  activity: "Activity",
  packets: "Packets",
  connection: "Connection",
  credentials: "Credentials",
  leftColumn: "left column",
  composer: "Publish",
  missing: "This device no longer exists",
} as const;
