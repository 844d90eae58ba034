import { useTranslation } from "react-i18next";
import { Field, Segmented, Switch } from "@/components/fields";
import { Fold } from "@/components/fold";
import type { Problems } from "@/components/form";
import { filledPairs, isUsed, NO_CONNECT_PROPERTIES, OptionalNumber, PairsInput } from "@/components/mqtt";
import type { ConnectProperties, Hub } from "@/contract";
import styles from "./Credentials.module.css";

interface ConnectPropertiesFieldsProps {
  value: ConnectProperties;
  hub: Hub;
  problems: Problems;
  onChange: (value: ConnectProperties) => void;
}

/** What MQTT 5 lets CONNECT ask for. */
export function ConnectPropertiesFields({ value, hub, problems, onChange }: ConnectPropertiesFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<ConnectProperties>) => onChange({ ...value, ...part });
  const problem = (field: keyof ConnectProperties) => problems.get(`options.properties.${field}`) ?? null;
  const wrong = [...problems.keys()].some((field) => field.startsWith("options.properties."));
  const count = usedCount(value);
  return (
    <Fold
      title={t("mqtt.properties")}
      summary={count === 0 ? t("mqtt.noProperties") : t("mqtt.propertyCount", { count })}
      used={isUsed(value, NO_CONNECT_PROPERTIES)}
      wrong={wrong}
    >
      {hub.kind !== "thingsboard" && (
        <Field label={t("mqtt.sessionExpiry")} problem={problem("session_expiry")} hint={t("mqtt.sessionExpiryHint")}>
          <OptionalNumber
            value={value.session_expiry}
            max={0xffff_ffff}
            placeholder={t("mqtt.untilForgotten")}
            unit={t("common.seconds")}
            onChange={(session_expiry) => change({ session_expiry })}
          />
        </Field>
      )}
      <Field label={t("mqtt.receiveMaximum")} problem={problem("receive_maximum")} hint={t("mqtt.receiveMaximumHint")}>
        <OptionalNumber value={value.receive_maximum} max={65_535} placeholder="65535" onChange={(receive_maximum) => change({ receive_maximum })} />
      </Field>
      <Field label={t("mqtt.aliasMaximum")} problem={problem("topic_alias_maximum")} hint={t("mqtt.aliasMaximumHint")}>
        <OptionalNumber
          value={value.topic_alias_maximum === 0 ? null : value.topic_alias_maximum}
          max={65_535}
          placeholder={t("mqtt.noAliases")}
          onChange={(most) => change({ topic_alias_maximum: most ?? 0 })}
        />
      </Field>
      <Field label={t("mqtt.useAliases")}>
        <Switch checked={value.use_topic_aliases} onChange={(use_topic_aliases) => change({ use_topic_aliases })} />
        <span className={styles.quiet}>{t("mqtt.useAliasesHint")}</span>
      </Field>
      <Field label={t("mqtt.problemInformation")}>
        <Segmented
          value={value.request_problem_information === null ? "none" : value.request_problem_information ? "yes" : "no"}
          onChange={(next) => change({ request_problem_information: next === "none" ? null : next === "yes" })}
          segments={[
            { value: "none", label: t("mqtt.notSaid") },
            { value: "yes", label: t("mqtt.problemInformationYes") },
            { value: "no", label: t("mqtt.problemInformationNo") },
          ]}
        />
      </Field>
      <Field label={t("mqtt.responseInformation")}>
        <Switch checked={value.request_response_information} onChange={(request_response_information) => change({ request_response_information })} />
        <span className={styles.quiet}>{t("mqtt.responseInformationHint")}</span>
      </Field>
      <Field label={t("mqtt.userProperties")} problem={problem("user_properties")}>
        <PairsInput value={value.user_properties} onChange={(user_properties) => change({ user_properties })} />
      </Field>
    </Fold>
  );
}

function usedCount({ user_properties, ...rest }: ConnectProperties): number {
  return Object.values(rest).filter((value) => value !== null && value !== 0 && value !== false).length + filledPairs(user_properties).length;
}
