export { DropZone } from "./DropZone";
export { hasFiles, refuseStrayFiles, useFileDrop } from "./useFileDrop";
