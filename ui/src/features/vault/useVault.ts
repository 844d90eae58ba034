import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import { renderText } from "@/i18n";
import type { VaultLevel } from "@/contract";
import { useCommand, useLiveQuery } from "@/live";

/** Where the vault stands; null until it is known. */
export function useVaultLevel(): VaultLevel | null {
  return useLiveQuery("workspace.get", {}).data?.vault ?? null;
}

type Plain = "vault.lock" | "vault.retry" | "vault.use_os_store" | "vault.rotate";

/** A change of the vault that asks for nothing. What fails is said in a toast. */
export function useVaultAct(name: Plain, failed: string, done?: string): { busy: boolean; run: () => void } {
  const { t } = useTranslation();
  const toasts = useToasts();
  const command = useCommand(name);
  return {
    busy: command.isPending,
    run: () =>
      command.mutate(
        {},
        {
          onSuccess: () => done !== undefined && toasts.show({ tone: "ok", title: done }),
          onError(thrown) {
            const { sentence, hint } = errorText(t, thrown);
            toasts.show({ tone: "bad", title: failed, text: hint === null ? sentence : `${sentence} ${hint}` });
          },
        },
      ),
  };
}

/** Asks the operating system's store again, and says when it still does not answer. */
export function useRetry(): { busy: boolean; run: () => void } {
  const { t } = useTranslation();
  const toasts = useToasts();
  const command = useCommand("vault.retry");
  const failed = (text: string) => toasts.show({ tone: "bad", title: t("vault.stillUnreachable"), text });
  return {
    busy: command.isPending,
    run: () =>
      command.mutate(
        {},
        {
          onSuccess({ vault }) {
            if (vault.level === "unreachable" || vault.level === "memory") failed(renderText(vault.reason));
            else toasts.show({ tone: "ok", title: t("vault.reached") });
          },
          onError: (thrown) => failed(errorText(t, thrown).sentence),
        },
      ),
  };
}
