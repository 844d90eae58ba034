import type { Dispatch } from "react";
import type { DeviceId } from "@/contract";
import { DiagnoseDialog } from "@/features/diagnose";
import { useTree } from "@/features/tree";
import { mendOf } from "../mend";
import type { Move } from "../navigation";

interface DiagnosisProps {
  device: DeviceId;
  atOnce: boolean;
  go: Dispatch<Move>;
}

/** Diagnose of a device as it is now; what mends it opens in its form, and leads back here. */
export function Diagnosis({ device: id, atOnce, go }: DiagnosisProps) {
  const { tree } = useTree();
  const device = tree.devices.find((each) => each.id === id);
  const hub = tree.hubs.find((each) => each.id === device?.hub);
  if (device === undefined || hub === undefined) return null;
  return (
    <DiagnoseDialog
      device={device}
      hub={hub}
      atOnce={atOnce}
      onClose={() => go({ go: "dialog", dialog: null })}
      onForm={(fix) => {
        const { form, mend } = mendOf(fix, hub, device);
        go({ go: "dialog", dialog: form === "hub" ? { kind: "edit-hub", hub, mend, back: id } : { kind: "edit-device", hub, device, mend, back: id } });
      }}
    />
  );
}
