/** Texts of rows. */
export const rows = {} as const;
