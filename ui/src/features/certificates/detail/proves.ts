import type { CertificateEntry, HubId, HubKind, PossessionState } from "@/contract";
import type { People } from "../list/people";

/** Hubs that want a proof that the key of a CA is here. Source: PLATFORMS.md A6. */
export function wantsProof(kind: HubKind): boolean {
  return kind === "azure_iot_hub" || kind === "azure_dps";
}

/** The proofs of a CA that were begun, by hub. */
export function provesAt({ hubs }: CertificateEntry, people: People): { hub: HubId; state: PossessionState }[] {
  return hubs.flatMap(({ hub, possession }) => (possession === null || !people.hubs.has(hub) ? [] : [{ hub, state: possession.state }]));
}
