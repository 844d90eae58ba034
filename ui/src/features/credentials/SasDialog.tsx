import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Segmented } from "@/components/fields";
import { Dialog } from "@/components/overlay";
import type { Device, Hub } from "@/contract";
import { SasMakeForm } from "./SasMakeForm";
import { SasReadForm } from "./SasReadForm";
import styles from "./Credentials.module.css";

interface SasDialogProps {
  /** None: the hub alone, by its policy. */
  device: Device | null;
  hub: Hub;
  /** The shell lets tokens out. */
  mayMake: boolean;
  onClose: () => void;
}

/** Makes a SAS token for any scope that the keys here can sign, and reads any token. */
export function SasDialog({ device, hub, mayMake, onClose }: SasDialogProps) {
  const { t } = useTranslation();
  const [part, setPart] = useState<"make" | "read">(mayMake ? "make" : "read");
  return (
    <Dialog open onClose={onClose} icon="key" title={t("credentials.sasTitle")} footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      <div className={styles.import}>
        {mayMake && (
          <Segmented
            aria-label={t("credentials.sasTitle")}
            value={part}
            segments={[
              { value: "make", label: t("credentials.sasMake") },
              { value: "read", label: t("credentials.sasRead") },
            ]}
            onChange={setPart}
          />
        )}
        {part === "make" ? <SasMakeForm device={device} hub={hub} /> : <SasReadForm device={device} hub={hub} />}
      </div>
    </Dialog>
  );
}
