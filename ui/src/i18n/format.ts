import type { Settings } from "@/contract";
import type { Language } from "./language";

/** By whose clock times are shown, and with how many hours. */
export type TimeFormat = Pick<Settings, "time_zone" | "hour_cycle">;

/** Each language's customs. English text, but days before months: what its readers in the field expect. */
const LOCALES = { en: { numbers: "en", times: "en-GB" }, de: { numbers: "de", times: "de" } } as const satisfies Record<Language, object>;
const UNITS = ["B", "KB", "MB", "GB", "TB"];
const MOMENT = { dateStyle: "medium", timeStyle: "medium" } as const;

function numbersOf(language: Language) {
  const locale = LOCALES[language].numbers;
  return {
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    fixed: ([0, 1, 2] as const).map((digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })),
  };
}

/** Formats of times in a language, by the chosen clock. */
function timesBy(language: Language, { time_zone, hour_cycle }: TimeFormat) {
  // Midnight is 12 on one clock and 0 on the other.
  const hours = { hourCycle: hour_cycle === "h12" ? "h12" : "h23", ...(time_zone === "utc" && { timeZone: "UTC" }) } as const;
  const seconds = { hour: "2-digit", minute: "2-digit", second: "2-digit", ...hours } as const;
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALES[language].times, options);
  return {
    clock: make(seconds),
    millis: make({ ...seconds, fractionalSecondDigits: 3 }),
    date: make({ dateStyle: "medium", ...hours }),
    moment: make({ ...MOMENT, ...hours }),
    utc: make({ ...MOMENT, hourCycle: hours.hourCycle, timeZone: "UTC" }),
    dayAndMonth: make({ day: "2-digit", month: "short", ...hours }),
    hourAndMinute: make({ hour: "2-digit", minute: "2-digit", ...hours }),
  };
}

let chosen: { language: Language; format: TimeFormat } = { language: "en", format: { time_zone: "local", hour_cycle: "h24" } };
let numbers = numbersOf(chosen.language);
let times = timesBy(chosen.language, chosen.format);

/** Writes numbers and times as this language does from now on; what is on screen has to be drawn again. */
export function setLanguageFormat(language: Language): void {
  chosen = { ...chosen, language };
  numbers = numbersOf(language);
  times = timesBy(language, chosen.format);
}

/** Shows times by another clock from now on; what is on screen has to be drawn again. */
export function setTimeFormat(format: TimeFormat): void {
  chosen = { ...chosen, format };
  times = timesBy(chosen.language, format);
}

/** A count with group separators, at most one decimal: 184,201 or 184.201. */
export function formatNumber(value: number): string {
  return numbers.number.format(value);
}

/** A measure with so many decimals, also where they are 0: 1.20 or 1,20. */
export function formatFixed(value: number, digits: 0 | 1 | 2): string {
  return numbers.fixed[digits]?.format(value) ?? String(value);
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
  return `${formatFixed(value, whole ? 0 : 1)} ${UNITS[unit] ?? ""}`;
}

/** Unix microseconds as time of day; with milliseconds for tables. */
export function formatTime(micros: number, withMillis = false): string {
  return (withMillis ? times.millis : times.clock).format(Math.floor(micros / 1000));
}

/** Unix seconds as a date: "22 Nov 2026" or "22.11.2026". */
export function formatDate(seconds: number): string {
  return times.date.format(seconds * 1000);
}

/** Unix seconds as a moment for narrow columns: "22 Nov 11:05". */
export function formatShort(seconds: number): string {
  return `${times.dayAndMonth.format(seconds * 1000)} ${times.hourAndMinute.format(seconds * 1000)}`;
}

/** Unix seconds as date and time by the chosen clock, and the same in UTC: "22 Nov 2026, 11:05:40". */
export function formatMoment(seconds: number): { local: string; utc: string } {
  return { local: times.moment.format(seconds * 1000), utc: times.utc.format(seconds * 1000) };
}
