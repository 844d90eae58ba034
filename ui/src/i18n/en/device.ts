/** Texts of device. */
export const device = {} as const;
