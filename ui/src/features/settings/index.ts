export { SETTING_FIELDS, type SettingPlace } from "./fields";
export { SettingsPage } from "./SettingsPage";
