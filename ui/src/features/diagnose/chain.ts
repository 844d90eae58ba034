import type { DiagnoseCause, ServerCertificate, StepEvidence } from "@/contract";

type ChainSeen = Extract<StepEvidence, { seen: "chain" }>;

/** What of a chain is drawn as wrong, and whose fingerprint is to be compared. */
export interface ChainFocus {
  untrusted: string | null;
  /** The issuer that was not sent. */
  missing: string | null;
  compare: ServerCertificate | null;
}

/** Where to look in a chain: at the end that is not trusted, else at the server's own certificate. */
export function focusOf({ certificates }: ChainSeen, cause: DiagnoseCause | null): ChainFocus {
  const [leaf, end] = [certificates[0] ?? null, certificates.at(-1) ?? null];
  const of = (shown: ServerCertificate | null): ChainFocus => ({ untrusted: shown?.certificate.sha256 ?? null, missing: null, compare: shown });
  switch (cause) {
    case "unknown_ca":
    case "other_ca_key":
    case "tls_inspection":
      return of(end);
    case "self_signed":
    case "not_pinned":
      return of(leaf);
    case "incomplete_chain":
      return { untrusted: null, missing: end?.certificate.issuer ?? null, compare: end };
    default:
      return { untrusted: null, missing: null, compare: leaf };
  }
}
