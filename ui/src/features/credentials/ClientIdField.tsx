import { useTranslation } from "react-i18next";
import { useCommand } from "@/live";
import type { HubKind } from "@/contract";
import { joinDeviceId, splitDeviceId } from "./deviceId";
import { problemOf, type PartProps } from "./parts";
import { TextField } from "./TextField";

/** What the hub calls the client id. */
const LABELS = {
  mqtt_broker: "credentials.clientId",
  thingsboard: "credentials.clientId",
  azure_iot_hub: "credentials.deviceId",
  azure_dps: "credentials.registrationId",
  kaa: "credentials.clientId",
  sandbox: "credentials.clientId",
} as const satisfies Record<HubKind, string>;

/** The client id in the hub's own words; at Azure IoT Hub it is made of a device and perhaps a module. */
export function ClientIdField({ form, hub, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const { mutate: generate } = useCommand("device.generate_client_id");
  const problem = problemOf(problems, "client_id");
  if (hub.kind === "azure_iot_hub") {
    const { device, module } = splitDeviceId(form.clientId);
    return (
      <>
        <TextField
          label={t("credentials.deviceId")}
          value={device}
          problem={problem}
          hint={t("credentials.deviceIdHint")}
          onChange={(next) => onChange({ clientId: joinDeviceId(next, module) })}
        />
        <TextField
          label={t("credentials.moduleId")}
          value={module}
          problem={null}
          optional
          onChange={(next) => onChange({ clientId: joinDeviceId(device, next) })}
        />
      </>
    );
  }
  return (
    <TextField
      label={t(LABELS[hub.kind])}
      value={form.clientId}
      problem={problem}
      hint={hub.kind === "azure_dps" ? t("credentials.registrationIdHint") : undefined}
      onChange={(clientId) => onChange({ clientId })}
      generate={
        hub.kind === "azure_dps"
          ? undefined
          : { label: t("credentials.newClientId"), run: () => generate({}, { onSuccess: ({ client_id }) => onChange({ clientId: client_id }) }) }
      }
    />
  );
}
