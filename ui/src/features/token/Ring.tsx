import { useTranslation } from "react-i18next";
import { shareLeft, spanWord, type Life } from "@/components/life";
import { useClock } from "@/live";
import type { Tone } from "./state";
import styles from "./Token.module.css";
import { countdown, saidMinutes } from "./words";

interface RingProps {
  life: Life;
  /** When it is renewed by itself, Unix seconds. */
  renews: number | null;
  tone: Tone;
}

/** What is left of a life as a ring around its countdown, with a tick where it is renewed. */
export function Ring({ life, renews, tone }: RingProps) {
  const { t } = useTranslation();
  // The ring moves once a second, without a tween.
  const now = useClock((seconds) => seconds);
  const left = Math.max(0, life.to - now);
  const said = saidMinutes(left);
  return (
    <span className={styles.ring} data-tone={tone}>
      <svg width="80" height="80" viewBox="0 0 80 80" role="img" aria-label={t("token.ringName", { left: spanWord(t, left) })}>
        <circle cx="40" cy="40" r="35" className={styles.track} />
        <circle cx="40" cy="40" r="35" className={styles.arc} pathLength={100} strokeDasharray={`${shareLeft(life, now) * 100} 100`} transform="rotate(-90 40 40)" />
        {renews !== null && renews > now && <path d="M40 1.5v9" className={styles.tick} transform={`rotate(${shareLeft(life, renews) * 360} 40 40)`} />}
        <text x="40" y="45" className={styles.count} aria-hidden="true">
          {countdown(t, left)}
        </text>
      </svg>
      <span className="offscreen" role="status">
        {said !== null && t("token.said", { count: said })}
      </span>
    </span>
  );
}
