import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useSettings, useWelcome } from "@/live";
import { usePlatform } from "@/platform";
import { ariaKeys, chordName, isPressed, type Stroke } from "./chords";
import { ActionStore, type Action, type Offer } from "./store";
import { ACTION_IDS, isSingleKey, keysOf, specOf, type ActionId } from "./table";

/** The one store of the page. */
export const actionStore = new ActionStore();

/** All actions that can be asked for now. */
export function useLiveActions(): ReadonlyMap<ActionId, Action> {
  return useSyncExternalStore(actionStore.subscribe, actionStore.get);
}

/** Offers these actions while the part that calls this is shown. */
export function useActions(actions: readonly Action[]): void {
  const latest = useRef(actions);
  const part = useRef({});
  const shape = JSON.stringify(actions.map(({ id, enabled, label }) => [id, enabled ?? true, label]));

  // With the paint and not after it: who sees the page may press at once.
  useLayoutEffect(() => {
    latest.current = actions;
  });

  useLayoutEffect(() => {
    const key = part.current;
    const run = (id: ActionId) => latest.current.find((action) => action.id === id)?.run();
    actionStore.put(key, latest.current.map((action) => ({ ...action, run: () => run(action.id) })));
  }, [shape]);

  useLayoutEffect(() => {
    const key = part.current;
    return () => actionStore.remove(key);
  }, []);
}

/** Offers more in the command palette while the part that calls this is shown. */
export function useOffers(offers: () => readonly Offer[]): void {
  const latest = useRef(offers);
  useLayoutEffect(() => {
    latest.current = offers;
  });
  useLayoutEffect(() => {
    const part = {};
    actionStore.putOffers(part, () => latest.current());
    return () => actionStore.remove(part);
  }, []);
}

/** The keys of this system and shell. */
export interface Keys {
  /** As printed: "Ctrl W"; undefined when the action has no keys here. */
  name(id: ActionId): string | undefined;
  /** As ARIA writes it: "Control+W". */
  aria(id: ActionId): string | undefined;
  /** Whether a stroke is the action's. Single letters are none when they are switched off. */
  is(stroke: Stroke, id: ActionId): boolean;
  /** The action of a stroke that counts everywhere on the page. */
  of(stroke: Stroke): ActionId | null;
}

export function useKeys(): Keys {
  const macos = useWelcome().platform === "macos";
  const inBrowser = usePlatform().kind === "web";
  const [{ single_keys: single }] = useSettings();
  const is = (stroke: Stroke, id: ActionId) => {
    const keys = keysOf(id, inBrowser);
    return keys !== null && (single || !isSingleKey(keys)) && isPressed(stroke, keys, macos);
  };
  const written = (id: ActionId, how: typeof chordName) => {
    const keys = keysOf(id, inBrowser);
    return keys === null ? undefined : how(keys, macos);
  };
  return {
    name: (id) => written(id, chordName),
    aria: (id) => written(id, ariaKeys),
    is,
    of: (stroke) => ACTION_IDS.find((id) => specOf(id).local !== true && is(stroke, id)) ?? null,
  };
}
