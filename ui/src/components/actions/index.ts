export { accelerator, ariaKeys, chordName, isPressed, type Stroke } from "./chords";
export { actionStore, useActions, useKeys, useLiveActions, useOffers, type Keys } from "./useActions";
export { ActionStore, type Action, type Offer, type Source } from "./store";
export { ACTION_IDS, ACTIONS, isSingleKey, keysOf, specOf, type ActionGroup, type ActionId, type ActionSpec } from "./table";
