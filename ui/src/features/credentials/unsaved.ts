import { useCallback, useSyncExternalStore } from "react";
import type { Device, DeviceId } from "@/contract";
import { isChanged } from "./draft";
import { editDevice, type DeviceForm } from "./form";

/** Changes that are not saved yet, by device: another tab does not take them away. */
const unsaved = new Map<DeviceId, DeviceForm>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

interface UnsavedForm {
  form: DeviceForm;
  changed: boolean;
  change: (part: Partial<DeviceForm>) => void;
  discard: () => void;
}

/** A device's form: as it is stored, until something in it is changed. */
export function useUnsavedForm(device: Device): UnsavedForm {
  const kept = useSyncExternalStore(subscribe, () => unsaved.get(device.id));
  const form = kept ?? editDevice(device);
  const change = useCallback(
    (part: Partial<DeviceForm>) => {
      unsaved.set(device.id, { ...(unsaved.get(device.id) ?? editDevice(device)), ...part });
      tell();
    },
    [device],
  );
  const discard = useCallback(() => {
    unsaved.delete(device.id);
    tell();
  }, [device.id]);
  return { form, changed: kept !== undefined && isChanged(kept, device), change, discard };
}
