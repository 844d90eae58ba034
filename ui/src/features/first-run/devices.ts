import type { Personality } from "@/contract";

/** What there will be in the sandbox, known before it is started; each has its words in the catalogue. */
export const SANDBOX_DEVICES = {
  broker: ["thermo-a", "thermo-b", "door-1", "pump-1", "faulty-1"],
  azure: ["freezer-1", "gateway-1", "gateway-1/meter", "retired-1", "camera-1", "robot-1"],
  thingsboard: ["valve-1", "lamp-1", "lamp-2", "lamp-3", "meter-1", "new-device"],
  kaa: ["boiler-new", "boiler-1", "boiler-suspended", "boiler-revoked"],
} as const satisfies Record<Personality, readonly string[]>;

export type SandboxDeviceName = (typeof SANDBOX_DEVICES)[Personality][number];
