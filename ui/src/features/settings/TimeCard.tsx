import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Field, Segmented } from "@/components/fields";
import type { HourCycle, TimeZone } from "@/contract";
import { formatTime } from "@/i18n";
import { useClock, useSettings } from "@/live";
import { Place } from "./Place";
import styles from "./SettingsPage.module.css";

const ZONES: TimeZone[] = ["local", "utc"];
const CYCLES: HourCycle[] = ["h24", "h12"];

/** By whose clock times are shown, with the time as it is now. */
export function TimeCard() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  return (
    <Card title={t("settings.times")} meta={<Now />}>
      <Place name="time_zone">
        <Field label={t("settings.fields.time_zone")}>
          <Segmented
            value={settings.time_zone}
            segments={ZONES.map((value) => ({ value, label: t(`settings.zones.${value}`) }))}
            onChange={(time_zone) => change((old) => ({ ...old, time_zone }))}
          />
        </Field>
      </Place>
      <Place name="hour_cycle">
        <Field label={t("settings.fields.hour_cycle")}>
          <Segmented
            value={settings.hour_cycle}
            segments={CYCLES.map((value) => ({ value, label: t(`settings.cycles.${value}`) }))}
            onChange={(hour_cycle) => change((old) => ({ ...old, hour_cycle }))}
          />
        </Field>
      </Place>
    </Card>
  );
}

function Now() {
  const now = useClock((seconds) => seconds);
  return <span className={styles.now}>{formatTime(now * 1_000_000)}</span>;
}
