export { useRowHeight, useRowsLook } from "./useRowsLook";
export { Rows, type RowsHandle, type RowsProps } from "./Rows";
export { addCell, setAttribute, setText, type RowNode, type RowRenderer, type RowsRole } from "./renderer";
export { isRange, type Selection } from "./selection";
export type { RowReply, RowSource } from "./source";
export { putVisible } from "./putVisible";
export { ListSource } from "./list-source";
