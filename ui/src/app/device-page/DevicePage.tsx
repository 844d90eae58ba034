import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Hub, PastedMessage } from "@/contract";
import { Tabs } from "@/components/tabs";
import { ActivityPane } from "@/features/activity";
import { PacketsPane } from "@/features/packets";
import { useDeviceSession } from "@/features/session";
import shape from "@/styles/pane.module.css";
import { DeviceHeader } from "./DeviceHeader";
import { LivePanel } from "./LivePanel";

interface DevicePageProps {
  device: Device;
  hub: Hub;
  /** A message that was pasted as a command line for this device. */
  message: PastedMessage | null;
  /** The keys that confirm on this system. */
  confirmKeys: string;
  /** Opens the device's form. */
  onEdit: () => void;
  onDiagnose: () => void;
}

type Section = "live" | "activity" | "packets";

/** Everything about one device: who it is, how it is connected, its messages, and what happened. */
export function DevicePage({ device, hub, message, confirmKeys, onEdit, onDiagnose }: DevicePageProps) {
  const { t } = useTranslation();
  const session = useDeviceSession(device.id);
  const [section, setSection] = useState<Section>("live");
  return (
    <div className={shape.column}>
      <DeviceHeader device={device} hub={hub} session={session} onEdit={onEdit} onDiagnose={onDiagnose} />
      <Tabs<Section>
        label={t("device.sections")}
        value={section}
        onChange={setSection}
        tabs={[
          {
            value: "live",
            label: t("device.live"),
            panel: <LivePanel device={device} hub={hub} session={session} message={message} confirmKeys={confirmKeys} onEdit={onEdit} onDiagnose={onDiagnose} />,
          },
          { value: "activity", label: t("device.activity"), panel: <ActivityPane device={device} /> },
          { value: "packets", label: t("device.packets"), panel: <PacketsPane device={device} /> },
        ]}
      />
    </div>
  );
}
