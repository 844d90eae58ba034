import type { UndoId } from "@/contract";
import type { IconName } from "../icon/paths";

/** A short message that passes. It never carries the only copy of an error. */
export interface ToastMessage {
  tone: "ok" | "bad" | "neutral";
  icon?: IconName | undefined;
  title: string;
  text?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
  /** What the engine can take back; the toast goes when that is done. */
  undo?: UndoId | undefined;
}

export interface ShownToast extends ToastMessage {
  id: number;
}

const MOST_TOASTS = 4;

/** Toasts on screen. */
export interface ToastStore {
  get(): readonly ShownToast[];
  subscribe(listener: () => void): () => void;
  show(message: ToastMessage): void;
  dismiss(id: number): void;
  /** What this toast could take back was taken back. */
  undone(undo: UndoId): void;
}

export function toastStore(): ToastStore {
  let toasts: readonly ShownToast[] = [];
  let lastId = 0;
  const listeners = new Set<() => void>();

  function set(next: readonly ShownToast[]) {
    toasts = next;
    for (const listener of listeners) listener();
  }

  function push(message: ToastMessage) {
    lastId += 1;
    set([...toasts, { ...message, id: lastId }].slice(-MOST_TOASTS));
  }

  function dismiss(id: number) {
    set(toasts.filter((toast) => toast.id !== id));
  }

  return {
    get: () => toasts,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: push,
    dismiss,
    undone(undo) {
      set(toasts.filter((toast) => toast.undo !== undo));
    },
  };
}
