import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Subscription, SubscriptionDraft } from "@/contract";
import { errorText } from "@/components/feedback";
import { useToasts, useUndo } from "@/components/toast";
import { visibleString } from "@/components/text";
import { usePlatform } from "@/platform";

export interface SubscriptionActions {
  save(draft: SubscriptionDraft): Promise<void>;
  /** Deletes at once, with undo. */
  remove(subscription: Subscription): Promise<void>;
}

/** Changes of subscriptions that need no form. What fails is said in a toast. */
export function useSubscriptionActions(): SubscriptionActions {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const undo = useUndo();
  return useMemo(() => {
    const failed = (title: string) => (thrown: unknown) => {
      toasts.show({ tone: "bad", title, text: errorText(t, thrown).sentence });
    };
    return {
      async save(draft) {
        await platform.call("subscription.save", draft).catch(failed(t("session.notSaved")));
      },
      async remove(subscription) {
        try {
          const done = await platform.call("subscription.delete", { subscription: subscription.id });
          undo.offer(done, { title: t("session.deleted"), text: visibleString(subscription.filter) });
        } catch (thrown) {
          failed(t("session.notDeleted"))(thrown);
        }
      },
    };
  }, [platform, toasts, undo, t]);
}
