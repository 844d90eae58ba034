import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import type { CertificateList } from "@/contract";
import { formatNumber } from "@/i18n";
import { useLiveQuery } from "@/live";
import styles from "./List.module.css";

/** Where the private keys are. */
export function KeysFooter({ list }: { list: CertificateList }) {
  const { t } = useTranslation();
  const level = useLiveQuery("workspace.get", {}).data?.vault.level ?? null;
  if (level === null) return null;
  const count = list.entries.filter(({ has_key }) => has_key).length + list.requests.filter(({ has_key }) => has_key).length;
  const safe = level === "os_store" || level === "passphrase";
  return (
    <footer className={styles.footer} data-tone={safe ? undefined : "warn"}>
      <Icon name={safe ? "shield-check" : "shield"} size={14} />
      <p>{t(`certificates.keys.${level}`, { count, number: formatNumber(count) })}</p>
    </footer>
  );
}
