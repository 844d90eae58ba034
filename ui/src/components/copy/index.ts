export { CopyText } from "./CopyText";
export { useCopy } from "./useCopy";
