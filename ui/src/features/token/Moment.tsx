import { useTranslation } from "react-i18next";
import { formatDate, formatMoment, formatTime } from "@/i18n";
import { useClock } from "@/live";

const DAY = 86_400;

/** A moment (Unix seconds) in local time, in UTC on hover: the time of day while it is near, else the date. */
export function Moment({ at }: { at: number }) {
  const { t } = useTranslation();
  const near = useClock((now) => Math.abs(at - now) < DAY);
  return <time title={t("token.utc", { time: formatMoment(at).utc })}>{near ? formatTime(at * 1_000_000) : formatDate(at)}</time>;
}
