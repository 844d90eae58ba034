import { useState } from "react";
import { TextInput } from "../fields/TextInput";

interface OptionalNumberProps {
  /** null: nothing stands there; NaN: what stands there is not a number. */
  value: number | null;
  onChange: (value: number | null) => void;
  max: number;
  /** What holds while nothing stands there. */
  placeholder: string;
  unit?: string | undefined;
}

/** A whole number that may be left out. What was typed stays even when it is not a number. */
export function OptionalNumber({ value, onChange, max, placeholder, unit }: OptionalNumberProps) {
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  return (
    <TextInput
      inputMode="numeric"
      value={Object.is(parsed(typed, max), value) ? typed : value === null || Number.isNaN(value) ? "" : String(value)}
      placeholder={placeholder}
      end={unit}
      onChange={(text) => {
        setTyped(text);
        onChange(parsed(text, max));
      }}
    />
  );
}

function parsed(text: string, max: number): number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const number = /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return number <= max ? number : Number.NaN;
}
