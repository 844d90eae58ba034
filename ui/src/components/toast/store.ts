import type { IconName } from "../icon/paths";

/** A short message that passes. It never carries the only copy of an error. */
export interface ToastMessage {
  tone: "ok" | "bad" | "neutral";
  icon?: IconName | undefined;
  title: string;
  text?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

export interface ShownToast extends ToastMessage {
  id: number;
}

const MOST_TOASTS = 4;
const MOST_UNDOS = 20;

/** Toasts on screen and what Ctrl Z can still take back. */
export interface ToastStore {
  get(): readonly ShownToast[];
  subscribe(listener: () => void): () => void;
  show(message: ToastMessage): void;
  /** Shows a toast with Undo; the undo stays in Ctrl Z after the toast has gone. */
  showUndo(message: Omit<ToastMessage, "action">, label: string, undo: () => void): void;
  dismiss(id: number): void;
  /** Takes back the latest thing that can be; false when there is none. */
  undoLast(): boolean;
}

export function toastStore(): ToastStore {
  let toasts: readonly ShownToast[] = [];
  let undos: { id: number; undo: () => void }[] = [];
  let lastId = 0;
  const listeners = new Set<() => void>();

  function set(next: readonly ShownToast[]) {
    toasts = next;
    for (const listener of listeners) listener();
  }

  function push(message: ToastMessage): number {
    lastId += 1;
    set([...toasts, { ...message, id: lastId }].slice(-MOST_TOASTS));
    return lastId;
  }

  function dismiss(id: number) {
    set(toasts.filter((toast) => toast.id !== id));
  }

  function takeBack(id: number) {
    const found = undos.find((each) => each.id === id);
    undos = undos.filter((each) => each.id !== id);
    dismiss(id);
    found?.undo();
  }

  return {
    get: () => toasts,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: push,
    showUndo(message, label, undo) {
      const id = push({ ...message, action: { label, run: () => takeBack(id) } });
      undos = [...undos, { id, undo }].slice(-MOST_UNDOS);
    },
    dismiss,
    undoLast() {
      const latest = undos.at(-1);
      if (latest === undefined) return false;
      takeBack(latest.id);
      return true;
    },
  };
}
