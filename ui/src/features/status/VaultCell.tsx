import { useTranslation } from "react-i18next";
import { Icon, Spinner } from "@/components/icon";
import { VisibleText } from "@/components/text";
import type { VaultLevel } from "@/contract";
import { useLiveQuery } from "@/live";
import { Cell } from "./Cell";

const TONES = { opening: "plain", os_store: "ok", passphrase: "ok", locked: "warn", unreachable: "warn", memory: "warn" } as const;

/** Where secrets live, always in sight. */
export function VaultCell() {
  const { data } = useLiveQuery("workspace.get", {});
  return data === undefined ? null : <VaultLevelCell vault={data.vault} />;
}

function VaultLevelCell({ vault }: { vault: VaultLevel }) {
  const { t } = useTranslation();
  return (
    <Cell
      title={t("status.secretsTitle")}
      tone={TONES[vault.level]}
      face={
        <>
          {vault.level === "opening" ? <Spinner size={12} /> : <Icon name={vault.level === "os_store" ? "shield-check" : "shield"} size={13} />}
          <span>{t("status.secrets", { where: t(`status.vault.${vault.level}`) })}</span>
        </>
      }
    >
      <p>{t(`status.vaultText.${vault.level}`)}</p>
      {vault.level === "memory" && (
        <p>
          <VisibleText text={vault.reason} />
        </p>
      )}
    </Cell>
  );
}
