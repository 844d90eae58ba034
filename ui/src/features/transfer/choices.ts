import type { ImportAction, ImportChoice, ImportHub, ImportPreset, ImportPreview, ImportVerdict } from "@/contract";

/** What is to be done with each item of the file, by its number there. */
export interface Choices {
  hubs: Readonly<Record<number, ImportAction>>;
  devices: Readonly<Record<number, ImportAction>>;
  presets: Readonly<Record<number, ImportAction>>;
}

const ACTIONS: Record<ImportVerdict, readonly ImportAction[]> = {
  new: ["add", "skip"],
  same: ["skip", "add_copy"],
  differs: ["skip", "replace", "add_copy"],
};

/** What can be done with a hub: the first is what happens unless another is chosen; nothing here is overwritten. */
export const hubActions = (verdict: ImportVerdict): readonly ImportAction[] => ACTIONS[verdict];

/**
 * What can be done with a device, given what happens to its hub: a new hub that is left out takes its devices along,
 * a copied hub gets devices of its own.
 */
export function deviceActions(hub: Pick<ImportHub, "verdict">, hubAction: ImportAction, verdict: ImportVerdict): readonly ImportAction[] {
  if (hub.verdict === "new" && hubAction === "skip") return ["skip"];
  if (hubAction === "add_copy") return ["add_copy", "skip"];
  return ACTIONS[verdict];
}

/** What is chosen for a device, or what takes its place where that cannot be. */
export function deviceAction(hub: ImportHub, choices: Choices, index: number, verdict: ImportVerdict): ImportAction {
  const allowed = deviceActions(hub, hubAction(hub, choices), verdict);
  const chosen = choices.devices[index];
  return chosen !== undefined && allowed.includes(chosen) ? chosen : (allowed[0] ?? "skip");
}

/** What is chosen for a preset. The same can be done with it as with a hub. */
export function presetAction({ index, verdict }: ImportPreset, choices: Choices): ImportAction {
  return choices.presets[index] ?? hubActions(verdict)[0] ?? "skip";
}

export function hubAction(hub: ImportHub, choices: Choices): ImportAction {
  return choices.hubs[hub.index] ?? hubActions(hub.verdict)[0] ?? "skip";
}

/** What the engine is told: everything that is not left out. */
export function importChoices({ hubs, presets }: ImportPreview, choices: Choices): { hubs: ImportChoice[]; devices: ImportChoice[]; presets: ImportChoice[] } {
  const taken = (index: number, action: ImportAction): ImportChoice[] => (action === "skip" ? [] : [{ index, action }]);
  return {
    hubs: hubs.flatMap((hub) => taken(hub.index, hubAction(hub, choices))),
    devices: hubs.flatMap((hub) => hub.devices.flatMap(({ index, verdict }) => taken(index, deviceAction(hub, choices, index, verdict)))),
    presets: presets.flatMap((preset) => taken(preset.index, presetAction(preset, choices))),
  };
}
