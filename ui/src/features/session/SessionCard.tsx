import { useTranslation } from "react-i18next";
import type { Device, Error as WireError, Hub, Session } from "@/contract";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Fact, Facts } from "@/components/facts";
import { Note } from "@/components/feedback";
import { VisibleText } from "@/components/text";
import { formatNumber, renderText } from "@/i18n";
import styles from "./Session.module.css";
import { Countdown, formatRoundTrip } from "./SessionWords";
import { useConnect } from "./use-session";

interface SessionCardProps {
  device: Device;
  hub: Hub;
  session: Session | null;
}

/** How the device connects, how it is connected now, and why it is not. */
export function SessionCard({ device, hub, session }: SessionCardProps) {
  const { t } = useTranslation();
  const { connect } = useConnect(device);
  const version = session?.version ?? device.options.version;
  const online = session?.state.state === "online";
  const tls = online ? (session.tls ?? t("session.plain")) : hub.tls ? "TLS" : t("session.plain");
  const seconds = session?.keep_alive ?? device.options.keep_alive;
  return (
    <Card title={t("session.title")} meta={`${t("session.protocol", { version })}, ${tls}`}>
      {session?.state.state === "failed" && <Trouble error={session.state.error} until={null} onTry={connect} />}
      {session?.state.state === "waiting" && <Trouble error={session.state.reason} until={session.state.until} onTry={connect} />}
      <Facts>
        <Fact name={t("session.endpoint")}>
          <VisibleText className="mono" text={session?.endpoint ?? `${hub.host}:${hub.port}`} />
        </Fact>
        <Fact name={t("session.clientId")}>
          <VisibleText className="mono" text={session?.client_id ?? device.client_id} />
        </Fact>
        <Fact name={t("session.keepAlive")}>
          <span className="mono">{t("session.keepAliveValue", { seconds })}</span>
          <span className={styles.aside}>{t(device.options.clean_session ? "session.cleanOn" : "session.cleanOff")}</span>
        </Fact>
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
    </Card>
  );
}

interface TroubleProps {
  error: WireError;
  /** When it is tried again by itself; null when it is not. */
  until: number | null;
  onTry: () => void;
}

/** Why the session is not up: the sentence, the next step, what the other side said, and when it goes on. */
function Trouble({ error, until, onTry }: TroubleProps) {
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
          <Button size="sm" icon="refresh" onClick={onTry}>
            {t(until === null ? "session.tryAgain" : "session.tryNow")}
          </Button>
        </span>
      </Note>
    </div>
  );
}
