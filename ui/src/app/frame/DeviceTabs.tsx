import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { useTree } from "@/features/tree";
import { visibleString } from "@/components/text";
import type { DeviceId } from "@/contract";
import shape from "@/styles/pane.module.css";
import { DevicePage } from "../device-page";
import type { Move, Navigation } from "../navigation";
import type { KeyNames } from "./KeyNames";

interface DeviceTabsProps {
  navigation: Navigation;
  current: DeviceId;
  go: Dispatch<Move>;
  keys: KeyNames;
}

/** The page of the current tab. */
export function DeviceTabs({ navigation, current, go, keys }: DeviceTabsProps) {
  const { t } = useTranslation();
  const { tree } = useTree();
  const device = tree.devices.find(({ id }) => id === current);
  const hub = tree.hubs.find(({ id }) => id === device?.hub);
  return (
    <main className={shape.column} aria-label={t("app.content")}>
      <div className={shape.column} id="device-page" role="tabpanel" aria-label={device === undefined ? undefined : visibleString(device.name)}>
        {device !== undefined && hub !== undefined && (
          <DevicePage
            key={device.id}
            device={device}
            hub={hub}
            message={navigation.draft?.device === device.id ? navigation.draft.message : null}
            confirmKeys={keys.confirm}
            onDiagnose={() => go({ go: "dialog", dialog: { kind: "diagnose", device: device.id, atOnce: true } })}
            onEdit={() => go({ go: "dialog", dialog: { kind: "edit-device", hub, device } })}
          />
        )}
      </div>
    </main>
  );
}
