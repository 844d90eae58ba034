import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import type { ImportPreview } from "@/contract";
import { formatMoment } from "@/i18n";
import styles from "./Transfer.module.css";

/** Where what is shown comes from. */
export function ImportSource({ name, preview, onOther }: { name: string; preview: ImportPreview; onOther: () => void }) {
  const { t } = useTranslation();
  function secretsInside(): string {
    if (preview.encrypted) return t("transfer.encryptedInside");
    const count = preview.hubs.reduce((sum, hub) => sum + hub.devices.reduce((more, device) => more + device.secrets, 0), 0);
    return count === 0 ? t("transfer.noneInside") : t("transfer.readableInside", { count });
  }

  return (
    <div className={styles.source}>
      <Facts>
        <Fact name={t("transfer.file")}>
          <VisibleText text={name} className="mono" />
        </Fact>
        {preview.source === "hubscope" ? (
          <Fact name={t("transfer.written")}>
            {t("transfer.writtenBy", { time: formatMoment(preview.written).local, version: preview.version })}
          </Fact>
        ) : (
          <Fact name={t("transfer.written")}>{t(`transfer.source.${preview.source}`)}</Fact>
        )}
        <Fact name={t("transfer.secrets")}>{secretsInside()}</Fact>
      </Facts>
      <Button size="sm" onClick={onOther}>
        {t("transfer.otherFile")}
      </Button>
    </div>
  );
}
