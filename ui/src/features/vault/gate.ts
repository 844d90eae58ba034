import { useMemo, useSyncExternalStore } from "react";

/** Whether the user chose to go on without the passphrase; holds until the vault is locked anew. */
let skipped = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: boolean): void {
  if (skipped === next) return;
  skipped = next;
  for (const listener of listeners) listener();
}

/** The unlock screen's door: `skip` goes by it, `ask` comes back to it. */
export function useUnlockGate(): { skipped: boolean; skip: () => void; ask: () => void } {
  const now = useSyncExternalStore(subscribe, () => skipped);
  return useMemo(() => ({ skipped: now, skip: () => set(true), ask: () => set(false) }), [now]);
}
