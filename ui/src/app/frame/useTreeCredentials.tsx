import { useMemo } from "react";
import { TokenPill, useCredentialWords } from "@/features/token";
import type { TreeCredentials } from "@/features/tree";

/** The credentials' pills for the tree. */
export function useTreeCredentials(): TreeCredentials {
  const { statusOf, nameOf } = useCredentialWords();
  return useMemo(() => ({ pillOf: (device) => <TokenPill device={device} status={statusOf(device)} />, nameOf }), [statusOf, nameOf]);
}
