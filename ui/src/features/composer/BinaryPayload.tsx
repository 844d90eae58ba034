import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { formatBytes } from "@/i18n";
import styles from "./Composer.module.css";
import { binarySize, type Binary } from "./drafts";

/** Bytes in the place of a text: a file, or what was published before. */
export function BinaryPayload({ binary, onRemove }: { binary: Binary; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.binary}>
      <Icon name="file" />
      <div className={styles.binaryWords}>
        <p className={styles.binaryName}>{"file" in binary ? <VisibleText text={binary.file.name} className="mono" /> : t("composer.binary")}</p>
        <p className={styles.binaryAbout}>
          {formatBytes(binarySize(binary))}
          {"file" in binary && <> {t("composer.fileNotKept")}</>}
        </p>
      </div>
      <IconButton icon="close" size="sm" label={t("composer.removeFile")} onClick={onRemove} />
    </div>
  );
}
