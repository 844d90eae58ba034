export { hasFiles, refuseStrayFiles, useFileDrop } from "./useFileDrop";
