export { Splitter } from "./Splitter";
export { usePaneSize, type PaneSize } from "./usePaneSize";
