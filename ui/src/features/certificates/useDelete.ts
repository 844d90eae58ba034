import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { visibleString } from "@/components/text";
import { useToasts, useUndo } from "@/components/toast";
import type { CertificateEntry, CertificateRequest, Undoable } from "@/contract";
import { usePlatform } from "@/platform";
import { nameOf } from "./names";

function isRequest(what: CertificateEntry | CertificateRequest): what is CertificateRequest {
  return "pem" in what;
}

/** Deletes a certificate or request with its key; a toast can take it back. */
export function useDelete(): (what: CertificateEntry | CertificateRequest) => Promise<void> {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const undo = useUndo();

  function ask(what: CertificateEntry | CertificateRequest): Promise<Undoable> {
    if (isRequest(what)) return platform.call("request.delete", { request: what.id });
    return platform.call("certificate.delete", { certificates: [what.certificate.sha256] });
  }

  return async (what) => {
    const name = visibleString(isRequest(what) ? what.common_name : nameOf(what.certificate));
    try {
      const text = isRequest(what) || what.devices.length === 0 ? undefined : t("certificates.deletedDevices", { count: what.devices.length });
      undo.offer(await ask(what), { title: t("certificates.deleted", { name }), text });
    } catch (thrown) {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title: t("certificates.notDeleted", { name }), text: hint === null ? sentence : `${sentence} ${hint}` });
    }
  };
}
