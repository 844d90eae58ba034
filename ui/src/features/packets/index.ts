export { PacketsPane } from "./PacketsPane";
