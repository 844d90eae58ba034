import { useTranslation } from "react-i18next";
import type { Session, SessionState } from "@/contract";
import { Mark } from "@/components/icon";
import { formatFixed, formatTime } from "@/i18n";
import styles from "./Session.module.css";
import { useCountdown } from "./use-countdown";

/** A round trip in the unit that reads best. */
export function formatRoundTrip(micros: number): string {
  const millis = micros / 1000;
  return `${formatFixed(millis, millis < 10 ? 1 : 0)} ms`;
}

/** The state of a session as mark and words, with what there is to say about it below. */
export function SessionWords({ session }: { session: Session | null }) {
  const { t } = useTranslation();
  const state = session?.state ?? { state: "idle" as const };
  return (
    <div className={styles.words} role="status">
      <p className={styles.state} data-state={state.state}>
        <Mark state={state.state} />
        {t(`session.state.${state.state}`)}
      </p>
      <p className={styles.since}>
        <StateDetail state={state} roundTrip={session?.round_trip ?? null} />
      </p>
    </div>
  );
}

function StateDetail({ state, roundTrip }: { state: SessionState; roundTrip: number | null }) {
  const { t } = useTranslation();
  switch (state.state) {
    case "online": {
      const time = formatTime(state.since);
      return roundTrip === null ? t("session.since", { time }) : t("session.sinceRoundTrip", { time, roundTrip: formatRoundTrip(roundTrip) });
    }
    case "connecting":
      return state.attempt > 1 ? t("session.attempt", { attempt: state.attempt }) : null;
    case "waiting":
      return <Countdown until={state.until} />;
    case "failed":
      return t(`codes.${state.error.code}`);
    case "idle":
    case "closing":
      return null;
  }
}

/** "next try in 3 s", counting down. */
export function Countdown({ until }: { until: number }) {
  const { t } = useTranslation();
  return <>{t("session.nextTry", { count: useCountdown(until) })}</>;
}
