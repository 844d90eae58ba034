import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import type { HourCycle, TimeZone } from "@/contract";
import { formatTime } from "@/i18n";
import { useClock } from "@/live";
import { Choice } from "./Choice";
import styles from "./SettingsPage.module.css";

const ZONES: TimeZone[] = ["local", "utc"];
const CYCLES: HourCycle[] = ["h24", "h12"];

/** By whose clock times are shown, with the time as it is now. */
export function TimeCard() {
  const { t } = useTranslation();
  return (
    <Card title={t("settings.times")} meta={<Now />}>
      <Choice name="time_zone" segments={ZONES.map((value) => ({ value, label: t(`settings.zones.${value}`) }))} />
      <Choice name="hour_cycle" segments={CYCLES.map((value) => ({ value, label: t(`settings.cycles.${value}`) }))} />
    </Card>
  );
}

function Now() {
  const now = useClock((seconds) => seconds);
  return <span className={styles.now}>{formatTime(now * 1_000_000)}</span>;
}
