import { useState } from "react";

/** When a dialog was opened, Unix seconds. */
export function useToday(): number {
  return useState(() => Math.floor(Date.now() / 1000))[0];
}
