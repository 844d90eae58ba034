const number = new Intl.NumberFormat("en");
const oneDigit = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const moment = { dateStyle: "medium", timeStyle: "medium" } as const;
const local = new Intl.DateTimeFormat("en-GB", moment);
const utc = new Intl.DateTimeFormat("en-GB", { ...moment, timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" });
const hourAndMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
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

/** Unix microseconds as local time of day; with milliseconds for tables. */
export function formatTime(micros: number, withMillis = false): string {
  const millis = Math.floor(micros / 1000);
  const time = clock.format(millis);
  return withMillis ? `${time}.${String(((millis % 1000) + 1000) % 1000).padStart(3, "0")}` : time;
}

/** Unix seconds as a local date: "22 Nov 2026". */
export function formatDate(seconds: number): string {
  return dates.format(seconds * 1000);
}

/** Unix seconds as a local moment for narrow columns: "22 Nov 11:05". */
export function formatShort(seconds: number): string {
  return `${dayAndMonth.format(seconds * 1000)} ${hourAndMinute.format(seconds * 1000)}`;
}

/** Unix seconds as local date and time, and the same in UTC: "22 Nov 2026, 11:05:40". */
export function formatMoment(seconds: number): { local: string; utc: string } {
  return { local: local.format(seconds * 1000), utc: utc.format(seconds * 1000) };
}
