import type { Hub } from "@/contract";
import { usePlatform } from "@/platform";
import { SasDialog } from "./SasDialog";
import { scopesOf } from "./sasWanted";

/** SAS tokens of a hub itself: made with the key of its policy, and read. A browser only reads. */
export function HubSasDialog({ hub, onClose }: { hub: Hub; onClose: () => void }) {
  const mayMake = usePlatform().kind === "desktop" && scopesOf(hub, null).length > 0;
  return <SasDialog device={null} hub={hub} mayMake={mayMake} onClose={onClose} />;
}
