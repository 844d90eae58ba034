import { useTranslation } from "react-i18next";
import { Checkbox, Field, Switch, TextInput } from "@/components/fields";
import { Fold } from "@/components/fold";
import type { Problems } from "@/components/form";
import { bytesDraft, bytesText, MessagePropertiesFields, NO_PROPERTIES, OptionalNumber, QosChoice } from "@/components/mqtt";
import { visibleString } from "@/components/text";
import type { Hub, Will } from "@/contract";
import styles from "./Credentials.module.css";
import type { DeviceForm } from "./form";

interface WillFieldsProps {
  form: DeviceForm;
  hub: Hub;
  problems: Problems;
  onChange: (part: Partial<DeviceForm>) => void;
}

const RETAINS: readonly Hub["kind"][] = ["mqtt_broker", "sandbox"];

/** What the hub publishes when the device goes without saying goodbye. */
export function WillFields({ form, hub, problems, onChange }: WillFieldsProps) {
  const { t } = useTranslation();
  const { will } = form;
  const change = (part: Partial<Will>) => onChange({ will: { ...(will ?? firstWill(form, hub)), ...part } });
  const problem = (field: string) => problems.get(`options.will.${field}`) ?? null;
  const wrong = [...problems.keys()].some((field) => field.startsWith("options.will."));
  return (
    <Fold title={t("mqtt.will")} summary={will === null ? t("mqtt.willNone") : willSummary(will)} used={will !== null} wrong={wrong}>
      <Field label={t("mqtt.willOn")} hint={t(hub.kind === "azure_iot_hub" ? "mqtt.willAzure" : "mqtt.willHint")}>
        <Switch checked={will !== null} onChange={(on) => onChange({ will: on ? firstWill(form, hub) : null })} />
      </Field>
      {will !== null && (
        <>
          <Field label={t("mqtt.willTopic")} problem={problem("topic")}>
            <TextInput mono watchSpace value={will.topic} onChange={(topic) => change({ topic })} />
          </Field>
          <Field label={t("mqtt.willPayload")} problem={problem("payload")} hint={t("mqtt.bytesHint")}>
            <TextInput mono value={bytesText(will.payload)} onChange={(text) => change({ payload: bytesDraft(text) })} />
          </Field>
          <Field label={t("composer.qos")} problem={problem("qos")}>
            <QosChoice value={will.qos} hub={hub.kind} onChange={(qos) => change({ qos })} />
            <span className={styles.besideQos}>
              <Checkbox checked={will.retain} reason={RETAINS.includes(hub.kind) || will.retain ? null : t("mqtt.retainNone")} onChange={(retain) => change({ retain })}>
                {t("mqtt.retain")}
              </Checkbox>
            </span>
          </Field>
          {form.version === "5" && (
            <>
              <Field label={t("mqtt.willDelay")} problem={problem("delay")} hint={t("mqtt.willDelayHint")}>
                <OptionalNumber value={will.delay} max={0xffff_ffff} placeholder={t("mqtt.willAtOnce")} unit={t("common.seconds")} onChange={(delay) => change({ delay })} />
              </Field>
              <MessagePropertiesFields
                value={will.properties}
                problem={(field) => problem(`properties.${field}`)}
                onChange={(part) => change({ properties: { ...will.properties, ...part } })}
              />
            </>
          )}
        </>
      )}
    </Fold>
  );

  function willSummary({ topic, qos, retain }: Will): string {
    return t(retain ? "mqtt.willSummaryRetained" : "mqtt.willSummary", { topic: visibleString(topic), qos });
  }
}

/** Azure takes a will as telemetry only; elsewhere its topic is the user's. */
function firstWill(form: DeviceForm, hub: Hub): Will {
  const [device = "", module] = form.clientId.split("/");
  const resource = module === undefined ? `devices/${device}` : `devices/${device}/modules/${module}`;
  const topic = hub.kind === "azure_iot_hub" ? `${resource}/messages/events/` : "";
  return { topic, payload: { encoding: "text", text: "" }, qos: 0, retain: false, delay: null, properties: NO_PROPERTIES };
}
