import type { CertificateEntry } from "@/contract";

/** A dialog of the page. */
export type OpenDialog =
  /** A CA: a root, or one below `parent`. */
  | { kind: "authority"; parent: CertificateEntry | null }
  | { kind: "issue"; authority: CertificateEntry }
  | { kind: "request" }
  | { kind: "sign-request"; authority: CertificateEntry }
  /** With files that were dropped on the page. */
  | { kind: "import"; files: File[] }
  | { kind: "renew"; entries: CertificateEntry[] }
  | { kind: "revoke"; entry: CertificateEntry }
  | { kind: "delete"; entry: CertificateEntry }
  /** A key leaves: under a passphrase, or readable after a second question. */
  | { kind: "export-key"; entry: CertificateEntry; form: "pkcs12" | "encrypted_key" | "private_key" }
  | { kind: "revocation-list"; entry: CertificateEntry };
