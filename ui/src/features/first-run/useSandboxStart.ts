import { useState } from "react";
import type { DeviceId, Personality } from "@/contract";
import { useCommand, useLiveQuery } from "@/live";

/** The simulated device that a first start shows. */
const SHOWN_FIRST = "thermo-a";

export interface SandboxStart {
  personality: Personality;
  choose: (personality: Personality) => void;
  busy: boolean;
  error: unknown;
  run: () => void;
}

/** Starts the sandbox, connects one of its devices and opens its page. */
export function useSandboxStart(onOpen: (device: DeviceId) => void): SandboxStart {
  const start = useCommand("sandbox.start");
  const connect = useCommand("session.connect");
  const { data } = useLiveQuery("sandbox.get", {});
  const [chosen, choose] = useState<Personality | null>(null);
  // While one runs it is the one that is opened.
  const personality = data?.state.state === "running" ? data.personality : (chosen ?? data?.personality ?? "broker");
  async function run() {
    if (start.isPending) return;
    // By its promise: with the first hub this page may be gone before the answer is there.
    const { devices } = await start.mutateAsync({ personality });
    const device = (devices.find(({ id }) => id === SHOWN_FIRST) ?? devices[0])?.device ?? null;
    if (device === null) return;
    // How the connection goes is shown by the device page.
    connect.mutate({ device });
    onOpen(device);
  }
  // What fails is in `error`.
  return { personality, choose, busy: start.isPending, error: start.error, run: () => void run().catch(() => undefined) };
}
