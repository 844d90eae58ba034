export { CredentialsCard } from "./CredentialsCard";
export { DeviceDialog } from "./DeviceDialog";
export { HubSasDialog } from "./HubSasDialog";
