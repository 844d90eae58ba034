import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { HubKind, HubPreset } from "@/contract";
import { usePlatform } from "@/platform";

const NONE: HubPreset[] = [];

/** Known endpoints of a kind of hub. They are part of the program and never change. */
export function usePresets(kind: HubKind): readonly HubPreset[] {
  const platform = usePlatform();
  const { data } = useQuery({ queryKey: ["hub.presets"], queryFn: () => platform.call("hub.presets", {}), staleTime: Infinity });
  return useMemo(() => data?.presets.filter((preset) => preset.kind === kind) ?? NONE, [data, kind]);
}
