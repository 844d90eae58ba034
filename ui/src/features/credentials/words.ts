import type { TFunction } from "i18next";
import type { HubKind } from "@/contract";
import type { Method } from "./methods";

/** A method in a word or two. Two certificates to choose from are told apart only where there are two. */
export function methodWord(t: TFunction, kind: HubKind, method: Method): string {
  if (kind !== "azure_iot_hub" && (method === "x509_own" || method === "x509_ca")) return t("credentials.method.x509");
  if (kind === "mqtt_broker" && method === "basic") return t("credentials.method.password");
  return t(`credentials.method.${method}`);
}

const DAY = 86_400;
const HOUR = 3_600;

/** A lifetime in its largest whole unit; one hour is 60 min, as people say it of tokens. */
export function lifetimeWord(t: TFunction, seconds: number): string {
  if (seconds > DAY && seconds % DAY === 0) return t("credentials.days", { count: seconds / DAY });
  if (seconds > HOUR && seconds % HOUR === 0) return t("credentials.hours", { count: seconds / HOUR });
  if (seconds % 60 === 0) return t("credentials.minutes", { count: seconds / 60 });
  return t("credentials.seconds", { count: seconds });
}

/** Lifetimes to choose from, in seconds, with the one that is set. */
export function lifetimes(set: number): number[] {
  const usual = [60, 900, HOUR, 8 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY];
  return usual.includes(set) ? usual : [...usual, set].sort((a, b) => a - b);
}
