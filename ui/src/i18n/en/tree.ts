/** Texts of tree. */
export const tree = {} as const;
