import type { Device, Hub, Problem } from "@/contract";
import type { Problems } from "@/components/form";
import type { DeviceForm } from "./form";

/** What every part of the form is given. */
export interface PartProps {
  form: DeviceForm;
  hub: Hub;
  /** As it is stored; null for a new one. */
  device: Device | null;
  problems: Problems;
  onChange: (part: Partial<DeviceForm>) => void;
}

/** The first problem of these fields. */
export function problemOf(problems: Problems, ...fields: string[]): Problem | null {
  for (const field of fields) {
    const problem = problems.get(field);
    if (problem !== undefined) return problem;
  }
  return null;
}
