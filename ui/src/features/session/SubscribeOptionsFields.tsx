import { useTranslation } from "react-i18next";
import type { Problem, SubscribeOptions } from "@/contract";
import { Checkbox, Field, Segmented } from "@/components/fields";
import { Fold } from "@/components/fold";
import { filledPairs, isUsed, NO_OPTIONS, OptionalNumber, PairsInput } from "@/components/mqtt";

interface SubscribeOptionsFieldsProps {
  value: SubscribeOptions;
  shared: boolean;
  problem: (field: keyof SubscribeOptions) => Problem | null;
  onChange: (value: SubscribeOptions) => void;
}

/** What MQTT 5 lets a subscription ask for. */
export function SubscribeOptionsFields({ value, shared, problem, onChange }: SubscribeOptionsFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<SubscribeOptions>) => onChange({ ...value, ...part });
  const wrong = (["no_local", "identifier", "user_properties"] as const).some((field) => problem(field) !== null);
  return (
    <Fold title={t("mqtt.options")} summary={summary()} used={isUsed(value, NO_OPTIONS)} wrong={wrong}>
      <Field label={t("mqtt.noLocal")} problem={problem("no_local")}>
        <Checkbox checked={value.no_local} reason={shared && !value.no_local ? t("mqtt.noLocalShared") : null} onChange={(no_local) => change({ no_local })}>
          {t("mqtt.noLocalHint")}
        </Checkbox>
      </Field>
      <Field label={t("mqtt.retainAsPublished")}>
        <Checkbox checked={value.retain_as_published} onChange={(retain_as_published) => change({ retain_as_published })}>
          {t("mqtt.retainAsPublishedHint")}
        </Checkbox>
      </Field>
      <Field label={t("mqtt.retained")}>
        <Segmented
          value={value.retained}
          onChange={(retained) => change({ retained })}
          segments={[
            { value: "always", label: t("mqtt.retainedAlways") },
            { value: "if_new", label: t("mqtt.retainedIfNew") },
            { value: "never", label: t("mqtt.retainedNever") },
          ]}
        />
      </Field>
      <Field label={t("mqtt.identifier")} problem={problem("identifier")} hint={t("mqtt.identifierHint")}>
        <OptionalNumber value={value.identifier} max={268_435_455} placeholder={t("mqtt.willNone")} onChange={(identifier) => change({ identifier })} />
      </Field>
      <Field label={t("mqtt.userProperties")} problem={problem("user_properties")}>
        <PairsInput value={value.user_properties} onChange={(user_properties) => change({ user_properties })} />
      </Field>
    </Fold>
  );

  function summary(): string {
    const { no_local, retain_as_published, retained, identifier, user_properties } = value;
    const count = Number(no_local) + Number(retain_as_published) + Number(retained !== "always") + Number(identifier !== null) + filledPairs(user_properties).length;
    return count === 0 ? t("mqtt.noProperties") : t("mqtt.propertyCount", { count });
  }
}
