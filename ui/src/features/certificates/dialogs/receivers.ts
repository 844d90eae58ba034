import type { Device, HubId, NewCertificate, Tree } from "@/contract";

/** A hub with devices of the wanted ids. */
export interface Receiver {
  hub: HubId;
  name: string;
  devices: Device[];
}

/** Hubs that have devices with some of these ids, the one with the most first. */
export function receiversOf({ hubs, devices }: Tree, ids: readonly string[]): Receiver[] {
  const wanted = new Set(ids);
  return hubs
    .map((hub) => ({ hub: hub.id, name: hub.name, devices: devices.filter((device) => device.hub === hub.id && wanted.has(device.client_id)) }))
    .filter((receiver) => receiver.devices.length > 0)
    .sort((a, b) => b.devices.length - a.devices.length);
}

/** What is asked for: each id, with the device of that id where the certificate is to be given to one. */
export function orderOf(ids: readonly string[], receiver: Receiver | undefined, serial: string): NewCertificate[] {
  const devices = new Map(receiver?.devices.map((device) => [device.client_id, device.id]));
  return ids.map((id) => ({ common_name: id, serial: ids.length === 1 && serial.trim() !== "" ? serial.trim() : null, device: devices.get(id) ?? null }));
}
