import type { Dispatch } from "react";
import type { DeviceId } from "@/contract";
import { DeviceDialog, HubSasDialog } from "@/features/credentials";
import { editHub, HubDialog, newHub } from "@/features/hubs";
import type { Move, OpenDialog } from "../navigation";
import { Diagnosis } from "./Diagnosis";
import type { KeyNames } from "./KeyNames";

interface DialogsProps {
  dialog: OpenDialog | null;
  go: Dispatch<Move>;
  keys: KeyNames;
}

/** The dialog that is open. A new hub goes on to its first device, a new device to its page. */
export function Dialogs({ dialog, go, keys }: DialogsProps) {
  const close = () => go({ go: "dialog", dialog: null });
  /** Back to the Diagnose that led here; with `atOnce` it looks whether the change mended anything. */
  const backTo = (device: DeviceId | undefined, atOnce: boolean) => () => go({ go: "dialog", dialog: device === undefined ? null : { kind: "diagnose", device, atOnce } });
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "add-hub":
      return (
        <HubDialog
          key="add-hub"
          initial={newHub(dialog.hubKind)}
          confirmKeys={keys.confirm}
          onClose={close}
          onSaved={(hub) => go({ go: "dialog", dialog: { kind: "add-device", hub } })}
        />
      );
    case "edit-hub":
      return (
        <HubDialog
          key={dialog.hub.id}
          initial={editHub(dialog.hub)}
          confirmKeys={keys.confirm}
          mend={dialog.mend}
          onClose={backTo(dialog.back, false)}
          onSaved={backTo(dialog.back, true)}
        />
      );
    case "hub-sas":
      return <HubSasDialog key={`sas-${dialog.hub.id}`} hub={dialog.hub} onClose={close} />;
    case "add-device":
      return (
        <DeviceDialog
          key={`add-${dialog.hub.id}`}
          hub={dialog.hub}
          device={null}
          confirmKeys={keys.confirm}
          onClose={close}
          onSaved={(device) => {
            close();
            go({ go: "device", device: device.id });
          }}
        />
      );
    case "edit-device":
      return (
        <DeviceDialog
          key={dialog.device.id}
          hub={dialog.hub}
          device={dialog.device}
          confirmKeys={keys.confirm}
          mend={dialog.mend}
          onClose={backTo(dialog.back, false)}
          onSaved={backTo(dialog.back, true)}
        />
      );
    case "diagnose":
      return <Diagnosis key={`diagnose-${dialog.device}`} device={dialog.device} atOnce={dialog.atOnce} go={go} />;
  }
}
