import type { ReactNode } from "react";
import type { Device } from "@/contract";

/** What the tree shows of a device's credential; whoever composes the page brings it. */
export interface TreeCredentials {
  pillOf: (device: Device) => ReactNode;
  /** The pill in words, at a time in Unix seconds; null when there is none. */
  nameOf: (device: Device, now: number) => string | null;
}
