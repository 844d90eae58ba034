import type { TFunction } from "i18next";
import type { Text } from "@/contract";
import { renderText } from "@/i18n";
import { LinkLost, wireError } from "@/platform";

/** An error in the page's words: what happened, and the next step where the engine names one. */
export interface ErrorText {
  sentence: string;
  hint: string | null;
  /** Evidence: what the system or the server said. */
  detail: string | null;
}

/** Words for whatever a command was rejected with. */
export function errorText(t: TFunction, thrown: unknown): ErrorText {
  const error = wireError(thrown);
  if (error !== null) return { sentence: t(`codes.${error.code}`), hint: said(error.hint), detail: said(error.detail) };
  if (thrown instanceof LinkLost) return { sentence: t("common.linkLost"), hint: null, detail: null };
  return { sentence: t("common.unexpected"), hint: null, detail: thrown instanceof Error ? thrown.message : null };
}

function said(text: Text | null): string | null {
  return text === null ? null : renderText(text);
}
