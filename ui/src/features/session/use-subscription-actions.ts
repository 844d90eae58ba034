import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Subscription, SubscriptionDraft } from "@/contract";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
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
          await platform.call("subscription.delete", { subscription: subscription.id });
        } catch (thrown) {
          failed(t("session.notDeleted"))(thrown);
          return;
        }
        const text = visibleString(subscription.filter);
        toasts.showUndo({ tone: "neutral", icon: "trash", title: t("session.deleted"), text }, t("common.undo"), () => {
          platform.call("subscription.save", { ...subscription, id: null }).catch(failed(t("session.notRestored")));
        });
      },
    };
  }, [platform, toasts, t]);
}
