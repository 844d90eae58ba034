import { useTranslation } from "react-i18next";
import type { Session, Terms } from "@/contract";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import { formatBytes, formatNumber } from "@/i18n";
import styles from "./Session.module.css";

/** What an online session was granted: by MQTT 5 the server tells, by 3.1.1 it does not. */
export function GrantedTerms({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { terms } = session;
  return (
    <details className={styles.granted5}>
      <summary>
        {t("mqtt.granted")}
        {terms === null && <span className={styles.aside}>{t("mqtt.notTold311")}</span>}
      </summary>
      {terms !== null && <TermFacts terms={terms} />}
    </details>
  );
}

function TermFacts({ terms }: { terms: Terms }) {
  const { t } = useTranslation();
  const yes = (can: boolean) => t(can ? "mqtt.yes" : "mqtt.no");
  return (
    <Facts>
      <Fact name={t("mqtt.maximumQos")}>{terms.maximum_qos}</Fact>
      <Fact name={t("mqtt.packet")}>{terms.max_packet_size === null ? <Untold /> : formatBytes(terms.max_packet_size)}</Fact>
      <Fact name={t("mqtt.inFlight")}>{t("mqtt.inFlightValue", { number: formatNumber(terms.receive_maximum ?? 65_535) })}</Fact>
      <Fact name={t("mqtt.aliases")}>{terms.topic_alias_maximum === 0 ? t("mqtt.noAliases") : formatNumber(terms.topic_alias_maximum)}</Fact>
      <Fact name={t("mqtt.expiry")}>{terms.session_expiry === null ? <Untold /> : t("session.keepAliveValue", { seconds: terms.session_expiry })}</Fact>
      <Fact name={t("mqtt.can.retained")}>{yes(terms.retained_messages)}</Fact>
      <Fact name={t("mqtt.can.wildcards")}>{yes(terms.wildcard_subscriptions)}</Fact>
      <Fact name={t("mqtt.can.identifiers")}>{yes(terms.subscription_identifiers)}</Fact>
      <Fact name={t("mqtt.can.shared")}>{yes(terms.shared_subscriptions)}</Fact>
      <Said name={t("mqtt.responseBase")} text={terms.response_information} />
      <Said name={t("mqtt.serverReference")} text={terms.server_reference} />
      <Said name={t("mqtt.reason")} text={terms.reason} />
      {terms.user_properties.map(([name, value], place) => (
        <Fact key={place} name={name}>
          <VisibleText className="mono" text={value} />
        </Fact>
      ))}
    </Facts>
  );
}

function Untold() {
  const { t } = useTranslation();
  return <span className={styles.untold}>{t("mqtt.notTold")}</span>;
}

function Said({ name, text }: { name: string; text: string | null }) {
  return text === null ? null : (
    <Fact name={name}>
      <VisibleText className="mono" text={text} />
    </Fact>
  );
}
