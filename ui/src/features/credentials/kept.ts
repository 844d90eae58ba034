import type { Device, Hub } from "@/contract";
import type { DeviceForm } from "./form";

/** What of an unfinished device form is kept over a restart: no secret and no certificate. */
export type KeptDevice = Omit<DeviceForm, "secrets" | "certificate">;

export function keptDevice(form: DeviceForm): KeptDevice {
  const kept: Partial<DeviceForm> & KeptDevice = { ...form };
  delete kept.secrets;
  delete kept.certificate;
  return kept;
}

/** Where an unfinished form is kept. */
export function deviceKey(hub: Hub, device: Device | null): string {
  return device === null ? `device/new/${hub.id}` : `device/${device.id}`;
}
