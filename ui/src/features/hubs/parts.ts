import type { Problems } from "@/components/form";
import type { HubPreset } from "@/contract";
import type { HubForm } from "./hubDraft";

/** What every part of the form is given. */
export interface PartProps {
  form: HubForm;
  problems: Problems;
  /** Presets of this kind of hub. */
  presets: readonly HubPreset[];
  onChange: (part: Partial<HubForm>) => void;
}
