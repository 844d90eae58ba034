export { useUnlockGate } from "./gate";
export { UnlockScreen } from "./UnlockScreen";
export { VaultBanner } from "./VaultBanner";
export { VaultCard } from "./VaultCard";
