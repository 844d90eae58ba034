import type { CertificateList, Tree } from "@/contract";
import { useClock, useLiveQuery } from "@/live";
import { endingSoon } from "./ending";

const NONE: CertificateList = { entries: [], requests: [] };
const NO_TREE: Tree = { hubs: [], devices: [] };

/** The list of certificates with the hubs and devices that use them. */
export function useCertificates() {
  const list = useLiveQuery("certificate.list", {});
  const tree = useLiveQuery("tree.get", {});
  return {
    list: list.data ?? NONE,
    tree: tree.data ?? NO_TREE,
    loading: list.isPending || tree.isPending,
    error: list.error ?? tree.error,
    retry: () => {
      void list.refetch();
      void tree.refetch();
    },
  };
}

/** This minute, Unix seconds: how often what is left of certificates is counted anew. A new one is valid since some minutes. */
export function useMinute(): number {
  return useClock((now) => Math.floor(now / 60) * 60);
}

/** How many certificates end soon, for the badge of the section. */
export function useEndingCount(): number {
  const minute = useMinute();
  const { data } = useLiveQuery("certificate.list", {}, ({ entries }) => endingSoon(entries, minute).length);
  return data ?? 0;
}
