export { MessagesPane } from "./MessagesPane";
