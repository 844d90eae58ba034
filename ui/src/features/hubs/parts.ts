import type { Problems } from "@/components/form";
import type { HubPreset } from "@/contract";
import type { HubForm } from "./hubDraft";

/** Fields that the form can be opened at. */
export type HubPlace = "host" | "port" | "transport" | "path" | "proxy" | "trust";

/** What every part of the form is given. */
export interface PartProps {
  form: HubForm;
  problems: Problems;
  /** Where the form was opened at, if anywhere. */
  place?: HubPlace | undefined;
  /** Presets of this kind of hub. */
  presets: readonly HubPreset[];
  onChange: (part: Partial<HubForm>) => void;
}
