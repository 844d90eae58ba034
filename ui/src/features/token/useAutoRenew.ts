import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { Device } from "@/contract";
import { useCommand } from "@/live";

/** Switches whether a live session renews its token by itself; null for a credential that cannot. */
export function useAutoRenew(device: Device): { on: boolean; change: (on: boolean) => void } | null {
  const { t } = useTranslation();
  const toasts = useToasts();
  const save = useCommand("device.save");
  const { credential } = device;
  if (credential.kind !== "shared_access_key" && credential.kind !== "group_key") return null;

  function change(auto_renew: boolean) {
    if (credential.kind !== "shared_access_key" && credential.kind !== "group_key") return;
    const { id, hub, name, client_id, options } = device;
    const changed = { ...credential, sas: { ...credential.sas, auto_renew } };
    save.mutate(
      { id, hub, name, client_id, options, credential: changed, secrets: [], certificate: { change: "keep" } },
      { onError: (thrown) => toasts.show({ tone: "bad", title: t("token.autoRenewNotSaved"), text: errorText(t, thrown).sentence }) },
    );
  }

  return { on: credential.sas.auto_renew, change };
}
