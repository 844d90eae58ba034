import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import { renderText } from "@/i18n";
import { useUnlockGate } from "./gate";
import { PassphraseDialog } from "./PassphraseDialog";
import { useRetry, useVaultLevel } from "./useVault";

/** What is wrong with the place where secrets live, and the way on; nothing while it is as it should be. */
export function VaultBanner() {
  const { t } = useTranslation();
  const vault = useVaultLevel();
  const retry = useRetry();
  const { ask } = useUnlockGate();
  const [setting, setSetting] = useState(false);
  if (vault === null) return null;
  return (
    <>
      {vault.level === "locked" && (
        <Note
          banner
          tone="warn"
          icon="lock"
          title={t("vault.bannerLocked")}
          action={
            <Button size="sm" onClick={ask}>
              {t("vault.unlockDots")}
            </Button>
          }
        >
          {t("vault.bannerLockedText")}
        </Note>
      )}
      {vault.level === "unreachable" && (
        <Note
          banner
          tone="bad"
          title={t("vault.bannerUnreachable")}
          action={
            <Button size="sm" icon="refresh" busy={retry.busy} onClick={retry.run}>
              {t("common.retry")}
            </Button>
          }
        >
          {t("vault.bannerUnreachableText", { reason: visibleString(renderText(vault.reason)) })}
        </Note>
      )}
      {vault.level === "damaged" && (
        <Note
          banner
          tone="bad"
          title={t("vault.bannerDamaged")}
          action={
            <Button size="sm" icon="key" onClick={() => setSetting(true)}>
              {t("vault.newPassphrase")}
            </Button>
          }
        >
          {t("vault.bannerDamagedText")}
        </Note>
      )}
      {vault.level === "newer" && (
        <Note banner tone="bad" title={t("vault.bannerNewer")}>
          {t("vault.bannerNewerText")}
        </Note>
      )}
      {vault.level === "memory" && (
        <Note
          banner
          tone="warn"
          title={t("vault.bannerMemory")}
          action={
            <Button size="sm" icon="key" onClick={() => setSetting(true)}>
              {t("vault.usePassphrase")}
            </Button>
          }
        >
          {t("vault.bannerMemoryText", { reason: visibleString(renderText(vault.reason)) })}
        </Note>
      )}
      {setting && <PassphraseDialog inForce={false} onClose={() => setSetting(false)} />}
    </>
  );
}
