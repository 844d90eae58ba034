import type { Language } from "./language";

/** Each language's customs. English text, but days before months and 24 hours: what its readers in the field expect. */
const LOCALES = { en: { numbers: "en", times: "en-GB" }, de: { numbers: "de", times: "de" } } as const satisfies Record<Language, object>;
const UNITS = ["B", "KB", "MB", "GB", "TB"];
const MOMENT = { dateStyle: "medium", timeStyle: "medium" } as const;

function formatsOf(language: Language) {
  const { numbers, times } = LOCALES[language];
  const time = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(times, options);
  return {
    number: new Intl.NumberFormat(numbers, { maximumFractionDigits: 1 }),
    oneDigit: new Intl.NumberFormat(numbers, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    clock: time({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    date: time({ dateStyle: "medium" }),
    local: time(MOMENT),
    utc: time({ ...MOMENT, timeZone: "UTC" }),
    dayAndMonth: time({ day: "2-digit", month: "short" }),
    hourAndMinute: time({ hour: "2-digit", minute: "2-digit" }),
  };
}

let formats = formatsOf("en");

/** Writes numbers and times as this language does from now on; what is on screen has to be drawn again. */
export function setFormats(language: Language): void {
  formats = formatsOf(language);
}

/** A count with group separators, at most one decimal: 184,201 or 184.201. */
export function formatNumber(value: number): string {
  return formats.number.format(value);
}

/** A size in B, KB, MB … of 1024: "142 B", "1.2 MB" or "1,2 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const whole = unit === 0 || value >= 100 || Number.isInteger(value);
  return `${whole ? formats.number.format(Math.round(value)) : formats.oneDigit.format(value)} ${UNITS[unit] ?? ""}`;
}

/** Unix microseconds as local time of day; with milliseconds for tables. */
export function formatTime(micros: number, withMillis = false): string {
  const millis = Math.floor(micros / 1000);
  const time = formats.clock.format(millis);
  return withMillis ? `${time}.${String(((millis % 1000) + 1000) % 1000).padStart(3, "0")}` : time;
}

/** Unix seconds as a local date: "22 Nov 2026" or "22.11.2026". */
export function formatDate(seconds: number): string {
  return formats.date.format(seconds * 1000);
}

/** Unix seconds as a local moment for narrow columns: "22 Nov 11:05". */
export function formatShort(seconds: number): string {
  return `${formats.dayAndMonth.format(seconds * 1000)} ${formats.hourAndMinute.format(seconds * 1000)}`;
}

/** Unix seconds as local date and time, and the same in UTC: "22 Nov 2026, 11:05:40". */
export function formatMoment(seconds: number): { local: string; utc: string } {
  return { local: formats.local.format(seconds * 1000), utc: formats.utc.format(seconds * 1000) };
}
