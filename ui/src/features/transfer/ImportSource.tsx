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
  return (
    <div className={styles.source}>
      <Facts>
        <Fact name={t("transfer.file")}>
          <VisibleText text={name} className="mono" />
        </Fact>
        <Fact name={t("transfer.written")}>
          {t("transfer.writtenBy", { time: formatMoment(preview.written).local, version: preview.version })}
        </Fact>
        <Fact name={t("transfer.secrets")}>{t(preview.encrypted ? "transfer.encryptedInside" : "transfer.noneInside")}</Fact>
      </Facts>
      <Button size="sm" onClick={onOther}>
        {t("transfer.otherFile")}
      </Button>
    </div>
  );
}
