import type { Settings } from "@/contract";

/** By whose clock times are shown, and with how many hours. */
export type TimeFormat = Pick<Settings, "time_zone" | "hour_cycle">;

const number = new Intl.NumberFormat("en");
const oneDigit = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const moment = { dateStyle: "medium", timeStyle: "medium" } as const;
const utc = new Intl.DateTimeFormat("en-GB", { ...moment, timeZone: "UTC" });

/** Formats of times by the chosen clock. */
function timesBy({ time_zone, hour_cycle }: TimeFormat) {
  // Midnight is 12 on one clock and 0 on the other.
  const hours = { hourCycle: hour_cycle === "h12" ? "h12" : "h23", ...(time_zone === "utc" && { timeZone: "UTC" }) } as const;
  const seconds = { hour: "2-digit", minute: "2-digit", second: "2-digit", ...hours } as const;
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", options);
  return {
    clock: make(seconds),
    millis: make({ ...seconds, fractionalSecondDigits: 3 }),
    date: make({ dateStyle: "medium", ...hours }),
    moment: make({ ...moment, ...hours }),
    dayAndMonth: make({ day: "2-digit", month: "short", ...hours }),
    hourAndMinute: make({ hour: "2-digit", minute: "2-digit", ...hours }),
  };
}

let times = timesBy({ time_zone: "local", hour_cycle: "h24" });

/** Shows times by another clock from now on; what is on screen has to be drawn again. */
export function setTimeFormat(format: TimeFormat): void {
  times = timesBy(format);
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** A count with group separators: 184,201. */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** A size in B, KB, MB … of 1024: "142 B", "1.2 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? number.format(Math.round(value)) : oneDigit.format(value);
  return `${digits} ${UNITS[unit] ?? ""}`;
}

/** Unix microseconds as time of day; with milliseconds for tables. */
export function formatTime(micros: number, withMillis = false): string {
  return (withMillis ? times.millis : times.clock).format(Math.floor(micros / 1000));
}

/** Unix seconds as a date: "22 Nov 2026". */
export function formatDate(seconds: number): string {
  return times.date.format(seconds * 1000);
}

/** Unix seconds as a moment for narrow columns: "22 Nov 11:05". */
export function formatShort(seconds: number): string {
  return `${times.dayAndMonth.format(seconds * 1000)} ${times.hourAndMinute.format(seconds * 1000)}`;
}

/** Unix seconds as date and time by the chosen clock, and the same in UTC: "22 Nov 2026, 11:05:40". */
export function formatMoment(seconds: number): { local: string; utc: string } {
  return { local: times.moment.format(seconds * 1000), utc: utc.format(seconds * 1000) };
}
