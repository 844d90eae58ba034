import type { chain as en } from "../en/chain";
import type { Translated } from "../translated";

/** Zertifikate, die ein Server zeigt. */
export const chain: Translated<typeof en> = {
  name: "Zertifikatskette",
  signedBy: "signiert von",
  server: "Server",
  issuing: "ausstellend",
  selfSigned: "selbstsigniert",
  about: "{{role}}, {{key}}",
  left: "gültig, noch {{left}}",
  expired: "seit {{ago}} abgelaufen",
  early: "gültig ab {{date}}",
  untrusted: "hier nicht vertraut",
  notSent: "nicht gesendet",
  fingerprint: "SHA-256",
  fingerprintOf: "von {{name}}",
  copyFingerprint: "SHA-256 kopieren",
  knownRoot: "{{name}}.",
  retiredRoot: "{{name}} wird nicht mehr verwendet.",
};
