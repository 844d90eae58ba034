import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import type { VaultLevel } from "@/contract";
import { useUnlockGate } from "./gate";
import { useRetry, useVaultAct } from "./useVault";

interface VaultActionsProps {
  vault: VaultLevel;
  onPassphrase: (what: "set" | "change") => void;
}

/** What can be done with the vault as it stands. */
export function VaultActions({ vault, onPassphrase }: VaultActionsProps) {
  const { t } = useTranslation();
  const { ask } = useUnlockGate();
  const retry = useRetry();
  const lock = useVaultAct("vault.lock", t("vault.notLocked"));
  const osStore = useVaultAct("vault.use_os_store", t("vault.notMoved"), t("vault.moved"));
  const rotate = useVaultAct("vault.rotate", t("vault.notRotated"), t("vault.rotated"));
  const setPassphrase = (
    <Button size="sm" icon="key" onClick={() => onPassphrase("set")}>
      {t("vault.usePassphrase")}
    </Button>
  );
  const rotation = (
    <Button size="sm" icon="refresh" title={t("vault.rotateHint")} busy={rotate.busy} onClick={rotate.run}>
      {t("vault.rotate")}
    </Button>
  );
  const tryAgain = (
    <Button size="sm" icon="refresh" busy={retry.busy} onClick={retry.run}>
      {t(vault.level === "memory" ? "vault.tryStore" : "common.retry")}
    </Button>
  );
  switch (vault.level) {
    case "opening":
      return null;
    case "os_store":
      return (
        <>
          {setPassphrase}
          {rotation}
        </>
      );
    case "passphrase":
      return (
        <>
          <Button size="sm" icon="lock" busy={lock.busy} onClick={lock.run}>
            {t("vault.lockNow")}
          </Button>
          <Button size="sm" icon="key" onClick={() => onPassphrase("change")}>
            {t("vault.changeDots")}
          </Button>
          <Button size="sm" icon="shield-check" busy={osStore.busy} onClick={osStore.run}>
            {t("vault.useOsStore")}
          </Button>
          {rotation}
        </>
      );
    case "locked":
      return (
        <Button size="sm" icon="key" variant="primary" onClick={ask}>
          {t("vault.unlockDots")}
        </Button>
      );
    case "unreachable":
      return tryAgain;
    case "damaged":
      return (
        <Button size="sm" icon="key" onClick={() => onPassphrase("set")}>
          {t("vault.newPassphrase")}
        </Button>
      );
    case "newer":
      return null;
    case "memory":
      return (
        <>
          {setPassphrase}
          {tryAgain}
        </>
      );
  }
}
