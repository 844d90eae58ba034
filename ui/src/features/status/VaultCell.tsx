import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Icon, Spinner, type IconName } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { renderText } from "@/i18n";
import type { VaultLevel } from "@/contract";
import { useLiveQuery } from "@/live";
import { Cell } from "./Cell";
import styles from "./StatusBar.module.css";

const TONES = { opening: "plain", os_store: "ok", passphrase: "ok", locked: "warn", unreachable: "bad", damaged: "bad", newer: "bad", memory: "warn" } as const;
const ICONS: Record<Exclude<VaultLevel["level"], "opening">, IconName> = {
  os_store: "shield-check",
  passphrase: "shield-check",
  locked: "lock",
  unreachable: "warning",
  damaged: "warning",
  newer: "warning",
  memory: "shield",
};

/** Where secrets live, always in sight. */
export function VaultCell({ onSettings }: { onSettings: (() => void) | undefined }) {
  const { data } = useLiveQuery("workspace.get", {});
  return data === undefined ? null : <VaultLevelCell vault={data.vault} onSettings={onSettings} />;
}

function VaultLevelCell({ vault, onSettings }: { vault: VaultLevel; onSettings: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <Cell
      title={t("status.secretsTitle")}
      tone={TONES[vault.level]}
      face={
        <>
          {vault.level === "opening" ? <Spinner size={12} /> : <Icon name={ICONS[vault.level]} size={13} />}
          <span>{t("status.secrets", { where: t(`status.vault.${vault.level}`) })}</span>
        </>
      }
    >
      <p>{t(`status.vaultText.${vault.level}`)}</p>
      {"reason" in vault && (
        <p>
          <VisibleText text={renderText(vault.reason)} />
        </p>
      )}
      {vault.level !== "opening" && onSettings !== undefined && (
        <p className={styles.way}>
          <Button size="sm" icon="settings" onClick={onSettings}>
            {t("status.vaultSettings")}
          </Button>
        </p>
      )}
    </Cell>
  );
}
