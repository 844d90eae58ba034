import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Error as WireError, Hub, Session } from "@/contract";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Fact, Facts } from "@/components/facts";
import { Note } from "@/components/feedback";
import { VisibleText } from "@/components/text";
import { formatNumber, renderText } from "@/i18n";
import { GrantedTerms } from "./GrantedTerms";
import { KeyLogRow } from "./KeyLogRow";
import styles from "./Session.module.css";
import { Countdown, formatRoundTrip } from "./SessionWords";
import { useConnect } from "./use-session";

interface SessionCardProps {
  device: Device;
  hub: Hub;
  session: Session | null;
  /** Finds out why it does not connect. */
  onDiagnose: () => void;
  /** What can be done with the hub, below. */
  actions?: ReactNode;
}

/** How the device connects, how it is connected now, and why it is not. */
export function SessionCard({ device, hub, session, onDiagnose, actions }: SessionCardProps) {
  const { t } = useTranslation();
  const { connect } = useConnect(device);
  const version = session?.version ?? device.options.version;
  const online = session?.state.state === "online";
  const encrypted = hub.transport === "mqtts" || hub.transport === "wss";
  const tls = online ? (session.tls ?? t("session.plain")) : encrypted ? "TLS" : t("session.plain");
  const terms = online ? session.terms : null;
  const asked = session?.keep_alive ?? device.options.keep_alive;
  const seconds = terms?.keep_alive ?? asked;
  return (
    <Card
      title={t("session.title")}
      meta={`${t("session.protocol", { version })}, ${tls}`}
      footer={
        (encrypted || Boolean(actions)) && (
          <>
            {encrypted && <KeyLogRow device={device} />}
            {actions}
          </>
        )
      }
    >
      {session?.state.state === "failed" && <Trouble error={session.state.error} until={null} onTry={connect} onDiagnose={onDiagnose} />}
      {session?.state.state === "waiting" && <Trouble error={session.state.reason} until={session.state.until} onTry={connect} onDiagnose={onDiagnose} />}
      <Facts>
        <Fact name={t("session.endpoint")}>
          <VisibleText className="mono" text={session?.endpoint ?? endpointOf(hub)} />
        </Fact>
        <Fact name={t("session.clientId")}>
          <VisibleText className="mono" text={terms?.assigned_client_id ?? session?.client_id ?? device.client_id} />
          {(terms?.assigned_client_id ?? null) !== null && <span className={styles.aside}>{t("mqtt.assignedByHub")}</span>}
        </Fact>
        <Fact name={t("session.keepAlive")}>
          <span className="mono">{t("session.keepAliveValue", { seconds })}</span>
          <span className={styles.aside}>
            {seconds === asked ? t(device.options.clean_session ? "session.cleanOn" : "session.cleanOff") : t("mqtt.setByHub", { seconds: asked })}
          </span>
        </Fact>
        {session?.state.state === "online" && (
          <Fact name={t("mqtt.sessionWord")}>{t(session.state.session_present ? "mqtt.sessionKept" : "mqtt.sessionNew")}</Fact>
        )}
        {online && session.round_trip !== null && (
          <Fact name={t("session.roundTrip")}>
            <span className="mono">{formatRoundTrip(session.round_trip)}</span>
          </Fact>
        )}
        {session && (
          <Fact name={t("session.traffic")}>
            {t("session.trafficValue", { received: formatNumber(session.received), sent: formatNumber(session.sent) })}
          </Fact>
        )}
      </Facts>
      {online && <GrantedTerms session={session} />}
    </Card>
  );
}

/** Where the hub is, in the engine's words. */
function endpointOf({ transport, host, port, connection }: Hub): string {
  if (transport === "unix") return connection.socket;
  return transport === "ws" || transport === "wss" ? `${transport}://${host}:${port}${connection.path}` : `${host}:${port}`;
}

interface TroubleProps {
  error: WireError;
  /** When it is tried again by itself; null when it is not. */
  until: number | null;
  onTry: () => void;
  onDiagnose: () => void;
}

/** Why the session is not up: the sentence, the next step, what the other side said, and when it goes on. */
function Trouble({ error, until, onTry, onDiagnose }: TroubleProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.trouble}>
      <Note tone={until === null ? "bad" : "warn"} title={t(`codes.${error.code}`)}>
        {error.hint !== null && renderText(error.hint)}
        {error.detail !== null && (
          <span className={styles.detail}>
            <VisibleText text={renderText(error.detail)} />
          </span>
        )}
        <span className={styles.next}>
          {until !== null && <Countdown until={until} />}
          <Button size="sm" icon="stethoscope" onClick={onDiagnose}>
            {t("diagnose.open")}
          </Button>
          <Button size="sm" icon="refresh" onClick={onTry}>
            {t(until === null ? "session.tryAgain" : "session.tryNow")}
          </Button>
        </span>
      </Note>
    </div>
  );
}
