import { createContext, use } from "react";

/** What a field tells its control. */
interface FieldContextValue {
  id: string;
  invalid: boolean;
  describedBy: string | undefined;
}

export const FieldContext = createContext<FieldContextValue | null>(null);

/** Attributes that tie a control to the field around it. */
export interface ControlAttributes {
  id?: string | undefined;
  "aria-labelledby"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

export function useControl(): ControlAttributes {
  const field = use(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    "aria-labelledby": `${field.id}-label`,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
  };
}
