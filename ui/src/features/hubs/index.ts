export { DeviceDialog } from "./DeviceDialog";
export { editDevice, newDevice, type DeviceForm } from "./deviceDraft";
export { HubDialog } from "./HubDialog";
export { editHub, newHub, type HubForm } from "./hubDraft";
