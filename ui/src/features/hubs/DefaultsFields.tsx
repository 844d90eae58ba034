import { useTranslation } from "react-i18next";
import { Checkbox, Field, NumberInput, Select, Switch, TextInput } from "@/components/fields";
import { Fold } from "@/components/fold";
import { NO_CONNECT_PROPERTIES, refusesQosTwo } from "@/components/mqtt";
import type { HubDefaults, MqttVersion, SessionOptions } from "@/contract";
import styles from "./Forms.module.css";
import type { PartProps } from "./parts";

const NO_DEFAULTS: HubDefaults = { session: null, filter: null, subscribe_qos: null, topic: null, payload: null, publish_qos: null, retain: false };
/** What session options start with when they are to be the hub's own. */
const SESSION: SessionOptions = { version: "3.1.1", clean_session: true, keep_alive: 60, max_packet_size: 16_777_216, properties: NO_CONNECT_PROPERTIES, will: null };
const PLATFORM = "";

/** What new devices, subscriptions and messages of the hub start with. What is left empty is as the platform has it. */
export function DefaultsFields({ form, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const defaults = form.details.defaults ?? NO_DEFAULTS;
  const used = form.details.defaults !== null;
  const { session } = defaults;
  const azure = form.kind === "azure_iot_hub" || form.kind === "azure_dps";
  const problem = (field: string) => problems.get(`details.defaults.${field}`) ?? null;
  const hasProblem = [...problems.keys()].some((field) => field.startsWith("details.defaults."));

  function change(part: Partial<HubDefaults>) {
    const next = { ...defaults, ...part };
    onChange({ details: { ...form.details, defaults: JSON.stringify(next) === JSON.stringify(NO_DEFAULTS) ? null : next } });
  }

  const changeSession = (part: Partial<SessionOptions>) => change({ session: { ...(session ?? SESSION), ...part } });
  const text = (value: string) => (value === "" ? null : value);
  const qos = [
    { value: PLATFORM, label: t("hubs.defaults.asUsual") },
    { value: "0", label: "0" },
    { value: "1", label: "1" },
    ...(refusesQosTwo(form.kind) === null ? [{ value: "2", label: "2" }] : []),
  ];
  const chosen = (value: number | null) => (value === null ? PLATFORM : String(value));
  const number = (value: string) => (value === PLATFORM ? null : Number(value));

  return (
    <Fold title={t("hubs.defaults.title")} summary={t(used ? "hubs.defaults.sessionOwn" : "hubs.defaults.sessionUsual")} used={used} wrong={hasProblem}>
      <p className={styles.quiet}>{t("hubs.defaults.hint")}</p>
      <Field label={t("hubs.defaults.session")}>
        <Switch checked={session !== null} onChange={(own) => change({ session: own ? SESSION : null })} />
        <span className={styles.quiet}>{t(session === null ? "hubs.defaults.sessionUsual" : "hubs.defaults.sessionOwn")}</span>
      </Field>
      {session !== null && (
        <>
          <Field label={t("credentials.version")} problem={problem("session.version")}>
            <Select<MqttVersion>
              value={session.version}
              options={azure ? [{ value: "3.1.1", label: "3.1.1" }] : [{ value: "3.1.1", label: "3.1.1" }, { value: "5", label: "5" }]}
              onChange={(version) => changeSession({ version })}
            />
          </Field>
          <Field label={t("credentials.cleanSession")}>
            <Switch checked={session.clean_session} onChange={(clean_session) => changeSession({ clean_session })} />
          </Field>
          <Field label={t("credentials.keepAlive")} problem={problem("session.keep_alive")}>
            <NumberInput value={session.keep_alive} min={5} max={65_535} unit={t("common.seconds")} onChange={(keep_alive) => changeSession({ keep_alive: keep_alive ?? 0 })} />
          </Field>
        </>
      )}
      <Field label={t("hubs.defaults.filter")} problem={problem("filter")} hint={t("hubs.defaults.filterHint")} optional>
        <TextInput mono watchSpace value={defaults.filter ?? ""} onChange={(filter) => change({ filter: text(filter) })} />
      </Field>
      <Field label={t("hubs.defaults.subscribeQos")} problem={problem("subscribe_qos")}>
        <Select value={chosen(defaults.subscribe_qos)} options={qos} onChange={(value) => change({ subscribe_qos: number(value) })} />
      </Field>
      <Field label={t("hubs.defaults.topic")} problem={problem("topic")} optional>
        <TextInput mono watchSpace value={defaults.topic ?? ""} onChange={(topic) => change({ topic: text(topic) })} />
      </Field>
      <Field label={t("hubs.defaults.payload")} problem={problem("payload")} optional>
        <textarea className={styles.payload} rows={3} spellCheck={false} aria-label={t("hubs.defaults.payload")} value={defaults.payload ?? ""} onChange={(event) => change({ payload: text(event.target.value) })} />
      </Field>
      <Field label={t("hubs.defaults.publishQos")} problem={problem("publish_qos")}>
        <Select value={chosen(defaults.publish_qos)} options={qos} onChange={(value) => change({ publish_qos: number(value) })} />
        <Checkbox checked={defaults.retain} onChange={(retain) => change({ retain })}>
          {t("composer.retain")}
        </Checkbox>
      </Field>
    </Fold>
  );
}
