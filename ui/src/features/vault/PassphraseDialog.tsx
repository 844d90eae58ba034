import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { NewPassphraseFields, NO_PASSPHRASE, PassphraseInput, passphraseFits } from "@/components/fields";
import { Form, problemsOf } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { useToasts } from "@/components/toast";
import { useCommand } from "@/live";
import { useVaultLevel } from "./useVault";

interface PassphraseDialogProps {
  /** One is in force and is to be changed. */
  inForce: boolean;
  onClose: () => void;
}

/** Locks the vault by a passphrase, or by another one. */
export function PassphraseDialog({ inForce, onClose }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const damaged = useVaultLevel()?.level === "damaged";
  const save = useCommand("vault.set_passphrase");
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState(NO_PASSPHRASE);
  const ready = passphraseFits(fresh) && (!inForce || current !== "");
  const problems = problemsOf(save.error);

  function submit() {
    if (!ready || save.isPending) return;
    save.mutate(
      { current: inForce ? current : null, new: fresh.fresh },
      {
        onSuccess() {
          toasts.show({ tone: "ok", title: t(inForce ? "vault.passphraseChanged" : "vault.passphraseSet") });
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      icon="key"
      title={t(inForce ? "vault.changeTitle" : "vault.setTitle")}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={save.isPending} reason={ready ? null : t("common.passphrase.first")} onClick={submit}>
            {t(inForce ? "vault.change" : "vault.set")}
          </Button>
        </>
      }
    >
      <Form error={save.error} problems={problems} onSubmit={submit}>
        <p>{t(inForce ? "vault.changeText" : damaged ? "vault.startOverText" : "vault.setText")}</p>
        {inForce && <PassphraseInput label={t("vault.current")} problem={problems.get("current")} value={current} onChange={setCurrent} />}
        <NewPassphraseFields value={fresh} problem={problems.get("new")} onChange={setFresh} />
      </Form>
    </Dialog>
  );
}
