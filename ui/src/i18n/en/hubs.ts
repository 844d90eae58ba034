/** Texts of hubs. */
export const hubs = {} as const;
