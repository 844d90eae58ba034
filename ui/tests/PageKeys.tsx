import { usePageKeys } from "@/app/actions/usePageKeys";
import { useLive } from "@/live";

function Keys() {
  usePageKeys();
  return null;
}

/** The keys of the whole page, which the frame brings, for a part that is tested without it. */
export function PageKeys() {
  return useLive().welcome === null ? null : <Keys />;
}
