/** The settings by name, in the order of the page: the command palette finds them by it and the page goes to them. */
export const SETTING_FIELDS = [
  "theme",
  "density",
  "font_scale",
  "language",
  "time_zone",
  "hour_cycle",
  "log_mebibytes",
  "notifications",
  "single_keys",
  "shortcuts",
] as const;

export type SettingPlace = (typeof SETTING_FIELDS)[number];
