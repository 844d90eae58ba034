import type { Certificate, HeldFile, HubTrust, PemSource, ServerCertificate, TrustDraft, TrustedCertificate, TrustHow, TrustMode } from "@/contract";
import { nameOf } from "@/components/chain";

/** A file, or certificates that the server showed, to be trusted once the hub is saved. */
export interface AddedTrust {
  source: PemSource;
  /** The file's name, or the certificate's. */
  name: string;
  /** What was fetched; null: the engine reads the file when the hub is saved. */
  certificate: Certificate | null;
}

/** Whom a hub's server is trusted by, while that is edited. */
export interface TrustForm {
  mode: TrustMode;
  /** Of the stored ones, those that stay. */
  kept: readonly TrustedCertificate[];
  added: readonly AddedTrust[];
  /** As stored with the hub; null: it is a new one. */
  stored: HubTrust | null;
  /** The preset that it comes from, as long as it was not touched. */
  preset: string | null;
}

export const NEW_TRUST: TrustForm = { mode: "system", kept: [], added: [], stored: null, preset: null };

export const isPinned = (mode: TrustMode): boolean => mode === "pinned_leaf" || mode === "pinned_chain";

/** A hub's trust as the form shows it. */
export function editTrust(stored: HubTrust): TrustForm {
  return { mode: stored.mode, kept: stored.certificates, added: [], stored, preset: null };
}

/** The trust that a preset brings; null: it brings none. */
export function presetTrust(preset: string, { mode, certificates }: HubTrust): TrustForm | null {
  return mode === "system" && certificates.length === 0 ? null : { ...NEW_TRUST, mode, kept: certificates, preset };
}

/** What is done with the trust when the hub is saved. */
export function trustDraft({ mode, kept, added, stored, preset }: TrustForm): TrustDraft {
  if (preset !== null) return { change: "preset", preset };
  const same = stored !== null && mode === stored.mode && added.length === 0 && kept.length === stored.certificates.length;
  if (same) return { change: "keep" };
  if (mode === "system") return { change: "set", mode, kept: [], added: [] };
  return { change: "set", mode, kept: kept.map(({ sha256 }) => sha256), added: added.map(({ source }) => source) };
}

/** Another mode. What a preset brought stays with the preset. */
export function withMode(form: TrustForm, mode: TrustMode): TrustForm {
  return form.preset === null ? { ...form, mode } : { ...NEW_TRUST, stored: form.stored, mode };
}

/** One more file; where only the system was trusted, it is trusted besides. */
export function withFile(form: TrustForm, { handle, name }: HeldFile): TrustForm {
  const own = form.preset === null ? form : { ...NEW_TRUST, stored: form.stored, mode: form.mode };
  return { ...own, mode: own.mode === "system" ? "system_and_ca" : own.mode, added: [...own.added, { source: { from: "file", handle }, name, certificate: null }] };
}

/** What a server showed, trusted in one of the three ways; as the engine does when it is asked from Diagnose. */
export function withFetched(form: TrustForm, how: TrustHow, chain: readonly ServerCertificate[]): TrustForm {
  const added = chain.map(({ certificate, pem }): AddedTrust => ({ source: { from: "text", text: pem }, name: nameOf(certificate), certificate }));
  const own = form.preset === null ? form : { ...NEW_TRUST, stored: form.stored };
  switch (how) {
    case "pin_chain":
      return { ...own, mode: "pinned_chain", kept: [], added };
    case "pin_leaf":
      return own.mode === "pinned_leaf" ? { ...own, added: [...own.added, ...added] } : { ...own, mode: "pinned_leaf", kept: [], added };
    case "ca":
      if (isPinned(own.mode)) return { ...own, mode: "ca_only", kept: [], added };
      return { ...own, mode: own.mode === "system" ? "system_and_ca" : own.mode, added: [...own.added, ...added] };
  }
}

/** Without one of the certificates. A pinned chain goes whole: what is left of it would match no server. */
export function without(form: TrustForm, one: TrustedCertificate | AddedTrust): TrustForm {
  if (form.mode === "pinned_chain") return { ...form, kept: [], added: [] };
  return { ...form, kept: form.kept.filter((each) => each !== one), added: form.added.filter((each) => each !== one) };
}

/** The certificate of a chain that can be trusted as a CA: its root, where that was sent. */
export function rootOf(chain: readonly ServerCertificate[]): ServerCertificate | null {
  return chain.find(({ certificate }) => certificate.self_signed) ?? null;
}
