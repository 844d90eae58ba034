import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ExportDialog } from "./ExportDialog";
import { ImportDialog } from "./ImportDialog";

/** Takes hubs and devices out of this workspace, or into it. */
export function TransferCard() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"export" | "import" | null>(null);
  const close = () => setOpen(null);
  return (
    <Card
      title={t("transfer.title")}
      footer={
        <>
          <Button size="sm" icon="upload" onClick={() => setOpen("export")}>
            {t("transfer.exportDots")}
          </Button>
          <Button size="sm" icon="download" onClick={() => setOpen("import")}>
            {t("transfer.importDots")}
          </Button>
        </>
      }
    >
      <p>{t("transfer.text")}</p>
      {open === "export" && <ExportDialog onClose={close} />}
      {open === "import" && <ImportDialog onClose={close} />}
    </Card>
  );
}
