import type { Certificate, CertificateEntry } from "@/contract";
import { isOver } from "./ending";

/** What a certificate is called: its common name, or its whole subject. */
export function nameOf({ common_name, subject }: Pick<Certificate, "common_name" | "subject">): string {
  return common_name ?? subject;
}

/** A CA of one's own, which can sign while its key is here. */
export function isOwnAuthority({ role }: CertificateEntry): boolean {
  return role === "root" || role === "issuing";
}

/** A CA that can sign now. One that was renewed signs by its newest certificate. */
export function canSign(entry: CertificateEntry): boolean {
  return isOwnAuthority(entry) && entry.has_key && !isOver(entry);
}
