export { HubDialog } from "./HubDialog";
export { editHub, newHub, type HubForm } from "./hubDraft";
