export { CredentialsCard } from "./CredentialsCard";
export { DeviceDialog } from "./DeviceDialog";
