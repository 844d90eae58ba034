export { DevicePage } from "./DevicePage";
