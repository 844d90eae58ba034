export { Kbd } from "./Kbd";
export { Pill } from "./Pill";
export { markOf, visibleParts, visibleString } from "./visible";
export { VisibleText } from "./VisibleText";
