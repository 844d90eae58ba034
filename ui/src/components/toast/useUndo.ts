import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Undoable, UndoId } from "@/contract";
import { usePlatform, wireError } from "@/platform";
import { errorText } from "../feedback/errorText";
import { visibleString } from "../text/visible";
import { useToasts } from "./context";
import type { ToastMessage } from "./store";

/** What can be taken back, for parts that delete or clear. */
export interface Undo {
  /** Shows what was done, with Undo; it stays in Ctrl Z after the toast has gone. */
  offer(done: Undoable, message: Pick<ToastMessage, "title" | "text" | "icon">): void;
  /** Takes back the latest thing, of whichever window it was. */
  last(): void;
}

/** The engine keeps what can be taken back, one stack for every window; this asks it, and says what became of it. */
export function useUndo(): Undo {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  return useMemo(() => {
    async function run(undo: UndoId | null) {
      try {
        const { id, kind, name } = await platform.call("undo.run", { undo });
        toasts.undone(id);
        if (undo === null) toasts.show({ tone: "ok", icon: "undo", title: t(`undo.done.${kind}`, { name: visibleString(name) }) });
      } catch (thrown) {
        if (undo === null && wireError(thrown)?.code === "not_found") {
          toasts.show({ tone: "neutral", title: t("undo.nothing") });
          return;
        }
        const { sentence, hint } = errorText(t, thrown);
        toasts.show({ tone: "bad", title: t("undo.failed"), text: hint === null ? sentence : `${sentence} ${hint}` });
      }
    }
    return {
      offer({ undo }, message) {
        toasts.show({ tone: "neutral", icon: "trash", ...message, undo, action: { label: t("common.undo"), run: () => void run(undo) } });
      },
      last: () => void run(null),
    };
  }, [platform, toasts, t]);
}
