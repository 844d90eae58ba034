import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Note } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { renderText } from "@/i18n";
import { IdleLock } from "./IdleLock";
import { PassphraseDialog } from "./PassphraseDialog";
import { useVaultLevel } from "./useVault";
import styles from "./Vault.module.css";
import { VaultActions } from "./VaultActions";

/** Where secrets live, what that means, and what can be changed about it. */
export function VaultCard() {
  const { t } = useTranslation();
  const vault = useVaultLevel();
  const [setting, setSetting] = useState<"set" | "change" | null>(null);
  if (vault === null) return null;
  const good = vault.level === "os_store" || vault.level === "passphrase";
  return (
    <Card title={t("vault.title")} meta={t(`status.vault.${vault.level}`)} footer={<VaultActions vault={vault} onPassphrase={setSetting} />}>
      <div className={styles.card}>
        <p className={styles.level}>
          <Icon name={good ? "shield-check" : vault.level === "locked" ? "lock" : "shield"} className={good ? styles.good : styles.warn} />
          <span>{t(`status.vaultText.${vault.level}`)}</span>
        </p>
        {"reason" in vault && (
          <Note tone="warn">
            <VisibleText text={renderText(vault.reason)} />
          </Note>
        )}
        {vault.level === "passphrase" && <IdleLock />}
      </div>
      {setting !== null && <PassphraseDialog inForce={setting === "change"} onClose={() => setSetting(null)} />}
    </Card>
  );
}
