/** Texts of composer. */
export const composer = {} as const;
