export { Chain } from "./Chain";
export { Fingerprint } from "./Fingerprint";
export { KnownRootNote } from "./KnownRootNote";
export { lifeWords, nameOf } from "./life";
