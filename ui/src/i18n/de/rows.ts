import type { rows as en } from "../en/rows";
import type { Translated } from "../translated";

/** Listen. */
export const rows: Translated<typeof en> = {
  scrollbar: "Stelle in {{list}}",
  newer: "{{number}} neuere",
  toNewest: "{{number}} neuere, zur neuesten Zeile",
  failed: "Die Zeilen waren nicht zu lesen",
};
