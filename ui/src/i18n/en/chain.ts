/** Texts of certificates that a server showed: the drawing of a chain, and fingerprints. */
export const chain = {
  name: "Certificate chain",
  signedBy: "signed by",
  server: "server",
  issuing: "issuing",
  selfSigned: "self-signed",
  about: "{{role}}, {{key}}",
  left: "valid, {{left}} left",
  expired: "ended {{ago}} ago",
  early: "valid from {{date}}",
  untrusted: "not trusted here",
  notSent: "not sent",
  fingerprint: "SHA-256",
  fingerprintOf: "of {{name}}",
  copyFingerprint: "Copy SHA-256",
  knownRoot: "{{name}}.",
  retiredRoot: "{{name}} is retired.",
} as const;
