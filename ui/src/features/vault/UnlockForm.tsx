import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { PassphraseInput } from "@/components/fields";
import { Form, NO_PROBLEMS } from "@/components/form";
import { useCommand } from "@/live";
import styles from "./Vault.module.css";

/** Asks for the passphrase and opens the vault. What was typed does not outlive a try that worked. */
export function UnlockForm({ onSkip }: { onSkip: () => void }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState("");
  const unlock = useCommand("vault.unlock");

  function submit() {
    if (passphrase !== "" && !unlock.isPending) unlock.mutate({ passphrase }, { onSettled: () => setPassphrase("") });
  }

  return (
    <Form error={unlock.error} problems={NO_PROBLEMS} onSubmit={submit}>
      <PassphraseInput label={t("vault.passphrase")} value={passphrase} onChange={setPassphrase} />
      <div className={styles.actions}>
        <Button variant="ghost" onClick={onSkip}>
          {t("vault.skip")}
        </Button>
        <Button variant="primary" icon="key" keys="Enter" busy={unlock.isPending} reason={passphrase === "" ? t("vault.enterFirst") : null} onClick={submit}>
          {t("vault.unlock")}
        </Button>
      </div>
    </Form>
  );
}
