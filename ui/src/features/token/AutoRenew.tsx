import { useTranslation } from "react-i18next";
import { Switch } from "@/components/fields";
import type { Device } from "@/contract";
import styles from "./Token.module.css";
import { useAutoRenew } from "./useAutoRenew";

/** Whether a live session renews its token by itself; nothing where it cannot. */
export function AutoRenew({ device }: { device: Device }) {
  const { t } = useTranslation();
  const auto = useAutoRenew(device);
  if (auto === null) return null;
  return (
    <label className={styles.auto}>
      <Switch checked={auto.on} onChange={auto.change} aria-label={t("token.autoRenew")} />
      {t("token.autoRenew")}
    </label>
  );
}
