import { useState } from "react";
import { useRestored } from "@/components/form";
import type { HubId, PossessionProof } from "@/contract";
import { useKeptDraft } from "@/live";

export type ProofStep = 1 | 2 | 3 | 4;

/** How far the wizard is. It is kept over a restart; nothing of it is secret. */
export interface ProofDraft {
  step: ProofStep;
  hub: HubId | null;
  code: string;
  proof: PossessionProof | null;
}

const AT_START: ProofDraft = { step: 1, hub: null, code: "", proof: null };

interface Proof {
  draft: ProofDraft;
  /** What was kept is known. */
  ready: boolean;
  change: (part: Partial<ProofDraft>) => void;
  /** It is done, or given up. */
  forget: () => void;
}

/** The wizard's progress for a CA, by its SHA-256. */
export function useProof(sha256: string): Proof {
  const [draft, setDraft] = useState(AT_START);
  const touched = draft !== AT_START;
  const kept = useKeptDraft<ProofDraft>(`possession/${sha256}`, touched ? draft : null);
  useRestored(kept.restored, setDraft);
  return {
    draft,
    ready: kept.restored !== undefined,
    change: (part) => setDraft((old) => ({ ...old, ...part })),
    forget() {
      kept.forget();
      setDraft(AT_START);
    },
  };
}
