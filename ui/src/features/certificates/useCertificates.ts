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

/** This hour, Unix seconds: how often what is left of certificates is counted anew. */
export function useHour(): number {
  return useClock((now) => Math.floor(now / 3_600) * 3_600);
}

/** How many certificates end soon, for the badge of the section. */
export function useEndingCount(): number {
  const hour = useHour();
  const { data } = useLiveQuery("certificate.list", {}, ({ entries }) => endingSoon(entries, hour).length);
  return data ?? 0;
}
