export { FirstRunPage } from "./FirstRunPage";
