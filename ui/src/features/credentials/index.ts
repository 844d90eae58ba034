export { CredentialsCard } from "./CredentialsCard";
export { DeviceDialog, type DeviceMend } from "./DeviceDialog";
export { HubSasDialog } from "./HubSasDialog";
export { withCertificate } from "./methods";
