export { errorText, type ErrorText } from "./errorText";
export { Note } from "./Note";
export { EmptyState, ErrorState, LoadingState } from "./States";
