import type { CertificateEntry, Device, DeviceId, Hub, HubId, Tree } from "@/contract";

/** Hubs and devices by their ids. */
export interface People {
  hubs: ReadonlyMap<HubId, Hub>;
  devices: ReadonlyMap<DeviceId, Device>;
}

export function peopleOf({ hubs, devices }: Tree): People {
  return { hubs: new Map(hubs.map((hub) => [hub.id, hub])), devices: new Map(devices.map((device) => [device.id, device])) };
}

/** Who uses a certificate: how many CAs it signed, and the hubs and devices of it and of what it issued. */
export interface Users {
  authorities: number;
  hubs: HubId[];
  devices: DeviceId[];
}

/** Users of each certificate, by SHA-256. A CA has those of the certificates right below it. */
export function usersOf(entries: readonly CertificateEntry[], people: People): ReadonlyMap<string, Users> {
  const users = new Map<string, Users>();
  for (const { certificate, hubs, devices, role } of entries) {
    const ofDevices = role === "device" ? devices.flatMap((id) => people.devices.get(id)?.hub ?? []) : [];
    users.set(certificate.sha256, { authorities: 0, hubs: [...new Set([...hubs.map(({ hub }) => hub), ...ofDevices])], devices: [...devices] });
  }
  for (const { issued_by, devices, role, replaced_by } of entries) {
    const above = issued_by === null ? undefined : users.get(issued_by);
    if (above === undefined) continue;
    if (role === "issuing" && replaced_by === null) above.authorities += 1;
    above.devices.push(...devices);
  }
  return users;
}
