import type { TFunction } from "i18next";
import type { Recognised, StoredSecret } from "@/contract";

/** Hub, device and what it would do, in one line. */
export function summary(t: TFunction, { form, kind, subscriptions, message }: Recognised): string {
  const hub = form === "service_connection_string" ? "firstRun.understood.hub" : "firstRun.understood.device";
  const words: string[] = [t(hub, { kind: t(`tree.kind.${kind}`) })];
  if (subscriptions.length > 0) words.push(t("firstRun.understood.subscriptions", { count: subscriptions.length }));
  if (message !== null) words.push(t("firstRun.understood.message"));
  return words.join(", ");
}

/** User name and secrets, each by its end. */
export function loginWords(t: TFunction, { credential, secrets }: Recognised): string {
  const user = credential.kind === "basic" ? credential.user_name : credential.kind === "endpoint_token" ? (credential.user_name ?? "") : "";
  const words = [user, ...secrets.map((secret) => secretWord(t, secret))].filter((word) => word !== "");
  return words.length === 0 ? t("firstRun.loginNone") : words.join(", ");
}

function secretWord(t: TFunction, { field, ends }: StoredSecret): string {
  const name = t(`credentials.secret.${field}`);
  return ends === null ? name : t("firstRun.secretEnds", { name, ends });
}

const FIELDS = [
  "host",
  "client_id",
  "id_scope",
  "certificate",
  "private_key",
  "app_version",
  "token",
  "user_name",
  "password",
  "primary_key",
  "secondary_key",
  "group_key",
  "provision_key",
  "provision_secret",
] as const;

/** A missing field in words; one that this page does not know by its own name. */
export function fieldWord(t: TFunction, field: string): string {
  const known = FIELDS.find((each) => each === field);
  return known === undefined ? field : t(`firstRun.field.${known}`);
}
