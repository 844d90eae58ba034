export { useToasts } from "./context";
export { toastStore, type ToastMessage, type ToastStore } from "./store";
export { ToastProvider } from "./Toasts";
export { useUndo, type Undo } from "./useUndo";
