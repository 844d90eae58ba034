import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { HubKind, HubPreset } from "@/contract";
import { usePlatform } from "@/platform";

const NONE: HubPreset[] = [];

/** The query of all presets; whoever changes one has it asked again. */
export const PRESETS = ["hub.presets"] as const;

/** Known endpoints of a kind of hub, built in and the user's own; asked for whenever a form opens. */
export function usePresets(kind: HubKind): readonly HubPreset[] {
  const platform = usePlatform();
  const { data } = useQuery({ queryKey: PRESETS, queryFn: () => platform.call("hub.presets", {}), staleTime: 0 });
  return useMemo(() => data?.presets.filter((preset) => preset.kind === kind) ?? NONE, [data, kind]);
}
