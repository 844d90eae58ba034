import { useTranslation } from "react-i18next";
import type { MessageProperties, Problem } from "@/contract";
import { Field, Segmented, TextInput } from "../fields";
import { bytesDraft, bytesText } from "./bytes";
import { OptionalNumber } from "./OptionalNumber";
import { PairsInput } from "./PairsInput";

interface MessagePropertiesFieldsProps {
  value: MessageProperties;
  onChange: (part: Partial<MessageProperties>) => void;
  problem: (field: keyof MessageProperties) => Problem | null;
}

/** What MQTT 5 lets a message, or a last will, say of itself. */
export function MessagePropertiesFields({ value, onChange, problem }: MessagePropertiesFieldsProps) {
  const { t } = useTranslation();
  const format = value.payload_is_text === null ? "none" : value.payload_is_text ? "text" : "bytes";
  return (
    <>
      <Field label={t("mqtt.payloadFormat")} problem={problem("payload_is_text")}>
        <Segmented
          value={format}
          onChange={(next) => onChange({ payload_is_text: next === "none" ? null : next === "text" })}
          segments={[
            { value: "none", label: t("mqtt.notSaid") },
            { value: "text", label: t("mqtt.formatText") },
            { value: "bytes", label: t("mqtt.formatBytes") },
          ]}
        />
      </Field>
      <Field label={t("mqtt.contentType")} problem={problem("content_type")}>
        <TextInput watchSpace value={value.content_type ?? ""} placeholder={t("mqtt.contentTypeExample")} onChange={(content_type) => onChange({ content_type })} />
      </Field>
      <Field label={t("mqtt.messageExpiry")} problem={problem("message_expiry")}>
        <OptionalNumber value={value.message_expiry} max={0xffff_ffff} placeholder={t("mqtt.never")} unit={t("common.seconds")} onChange={(message_expiry) => onChange({ message_expiry })} />
      </Field>
      <Field label={t("mqtt.responseTopic")} problem={problem("response_topic")}>
        <TextInput mono watchSpace value={value.response_topic ?? ""} onChange={(response_topic) => onChange({ response_topic })} />
      </Field>
      <Field label={t("mqtt.correlationData")} problem={problem("correlation_data")} hint={t("mqtt.bytesHint")}>
        <TextInput mono value={bytesText(value.correlation_data)} onChange={(text) => onChange({ correlation_data: text === "" ? null : bytesDraft(text) })} />
      </Field>
      <Field label={t("mqtt.userProperties")} problem={problem("user_properties")}>
        <PairsInput value={value.user_properties} onChange={(user_properties) => onChange({ user_properties })} />
      </Field>
    </>
  );
}
