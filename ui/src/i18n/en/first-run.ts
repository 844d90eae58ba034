/** Texts of the first-run page. */
export const firstRun = {} as const;
