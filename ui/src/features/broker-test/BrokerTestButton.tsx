import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Hub } from "@/contract";
import { Button } from "@/components/button";
import { BrokerTestDialog } from "./BrokerTestDialog";

/** Opens the test of a device's broker. */
export function BrokerTestButton({ device, hub }: { device: Device; hub: Hub }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        {t("brokerTest.open")}
      </Button>
      {open && <BrokerTestDialog device={device} hub={hub} onClose={() => setOpen(false)} />}
    </>
  );
}
