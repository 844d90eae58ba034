import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import type { SecretExits } from "@/components/fields";

/** A device of Azure IoT Hub in the one line that the vendor's SDKs and tools take. */
export function CopyConnectionString({ exits }: { exits: SecretExits }) {
  const { t } = useTranslation();
  return (
    <Button size="sm" icon="copy" onClick={() => exits.copy({ what: "connection_string" }, t("credentials.connectionString"))}>
      {t("credentials.copyConnectionString")}
    </Button>
  );
}
