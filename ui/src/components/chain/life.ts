import type { TFunction } from "i18next";
import type { Certificate } from "@/contract";
import { formatDate } from "@/i18n";
import { spanWord } from "../life";

/** Where a certificate stands in its time, in words; `bad` where it may not be used. `now` in Unix seconds. */
export function lifeWords(t: TFunction, { not_before, not_after }: Pick<Certificate, "not_before" | "not_after">, now: number): { words: string; bad: boolean } {
  if (now > not_after) return { words: t("chain.expired", { ago: spanWord(t, now - not_after) }), bad: true };
  if (now < not_before) return { words: t("chain.early", { date: formatDate(not_before) }), bad: true };
  return { words: t("chain.left", { left: spanWord(t, not_after - now) }), bad: false };
}

/** What a certificate is called: its common name, or its whole subject. */
export function nameOf({ common_name, subject }: Pick<Certificate, "common_name" | "subject">): string {
  return common_name ?? subject;
}
