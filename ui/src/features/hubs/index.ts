export { HubDialog, type HubMend } from "./HubDialog";
export { editHub, newHub, overWebSocket, withTransport, type HubForm } from "./hubDraft";
