import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Device, DeviceId, TokenStatus, TokenStatuses } from "@/contract";
import { useLiveQuery } from "@/live";
import { pillFace } from "./face";

type ByDevice = Readonly<Record<DeviceId, TokenStatus>>;

const NONE: ByDevice = {};
const byDevice = ({ statuses }: TokenStatuses): ByDevice => Object.fromEntries(statuses.map((status) => [status.device, status]));

/** The state of every device's credential. */
export function useTokens(): ByDevice {
  return useLiveQuery("token.list", {}, byDevice).data ?? NONE;
}

/** What a list of devices says of their credentials. */
export interface CredentialWords {
  statusOf: (device: Device) => TokenStatus | undefined;
  /** In words, for screen readers. */
  nameOf: (device: Device, now: number) => string | null;
}

export function useCredentialWords(): CredentialWords {
  const { t } = useTranslation();
  const tokens = useTokens();
  const statusOf = useCallback((device: Device) => tokens[device.id], [tokens]);
  const nameOf = useCallback((device: Device, now: number) => pillFace(t, device, tokens[device.id], now)?.name ?? null, [t, tokens]);
  return useMemo(() => ({ statusOf, nameOf }), [statusOf, nameOf]);
}

/** Why a device can send nothing although it may be connected: its token is out of use at the hub. */
export function useTokenBlock(device: DeviceId): "suspended" | "revoked" | null {
  const state = useTokens()[device]?.state;
  return state === "suspended" || state === "revoked" ? state : null;
}
