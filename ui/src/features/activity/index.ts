export { ActivityPane } from "./ActivityPane";
