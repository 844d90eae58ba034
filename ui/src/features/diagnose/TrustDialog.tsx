import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Fingerprint, nameOf } from "@/components/chain";
import { FormError } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import { useUndo } from "@/components/toast";
import type { Hub, ServerCertificate, TrustHow } from "@/contract";
import { useCommand } from "@/live";
import styles from "./Diagnose.module.css";

/** A certificate that may be trusted, and as what. */
export interface Asked {
  how: Exclude<TrustHow, "pin_chain">;
  shown: ServerCertificate;
}

interface TrustDialogProps {
  hub: Hub;
  asked: Asked;
  onClose: () => void;
  onTrusted: () => void;
}

/** Asks, with the fingerprint in sight, whether a certificate is to be trusted for a hub. */
export function TrustDialog({ hub, asked: { how, shown }, onClose, onTrusted }: TrustDialogProps) {
  const { t } = useTranslation();
  const undo = useUndo();
  const add = useCommand("trust.add");
  const words = { name: visibleString(nameOf(shown.certificate)), hub: visibleString(hub.name) };
  const ca = how === "ca";

  function trust() {
    if (add.isPending) return;
    add.mutate(
      { hub: hub.id, how, from: { from: "text", text: shown.pem } },
      {
        onSuccess: (done) => {
          undo.offer(done, { title: t("trust.trusted", words), text: words.name, icon: "shield-check" });
          onTrusted();
        },
      },
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      icon={ca ? "shield-check" : "pin"}
      title={t(ca ? "trust.ask.ca" : "trust.ask.pin", words)}
      width="wide"
      onConfirm={trust}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={add.isPending} onClick={trust}>
            {t(ca ? "trust.ask.trust" : "trust.ask.pinNow")}
          </Button>
        </>
      }
    >
      <div className={styles.ask}>
        <FormError error={add.error} />
        <p>{t(ca ? "trust.ask.caText" : "trust.ask.pinText", words)}</p>
        <Fingerprint sha256={shown.certificate.sha256} about={t("chain.fingerprintOf", words)} />
        <p className={styles.quiet}>{t("trust.ask.scope", words)}</p>
      </div>
    </Dialog>
  );
}
