import { createContext, use } from "react";
import type { ToastStore } from "./store";

export const ToastContext = createContext<ToastStore | null>(null);

export function useToasts(): ToastStore {
  const toasts = use(ToastContext);
  if (toasts === null) throw new Error("useToasts outside ToastProvider");
  return toasts;
}
