export { DiagnoseDialog } from "./DiagnoseDialog";
export type { FormFix } from "./Fixes";
