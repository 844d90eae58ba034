export type { TreeCredentials } from "./credentials";
export type { DeviceStates } from "./model";
export { HubGlyphs } from "./HubGlyphs";
export { TreePane, type TreePaneProps } from "./TreePane";
export { HUB_ICONS } from "./TreeRowView";
export { useTree } from "./useTree";
