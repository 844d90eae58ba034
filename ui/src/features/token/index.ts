export { TokenCard } from "./TokenCard";
export { TokenPill } from "./TokenPill";
export { useCredentialWords, useTokenBlock, type CredentialWords } from "./useTokens";
export { useRenewalToasts } from "./useRenewalToasts";
