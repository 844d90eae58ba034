/** Texts of lists. */
export const rows = {
  scrollbar: "Place in {{list}}",
  newer: "{{number}} newer",
  toNewest: "Go to the newest row, {{number}} came in since",
  failed: "The rows could not be read",
} as const;
