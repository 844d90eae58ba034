/** Texts of lists. */
export const rows = {
  scrollbar: "Place in {{list}}",
  newer: "{{number}} newer",
  toNewest: "{{number}} newer, go to the newest row",
  failed: "The rows could not be read",
} as const;
