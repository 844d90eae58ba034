import type { HubForm } from "./hubDraft";

/** What of an unfinished hub form is kept over a restart: no secret, and no file, which the engine holds for this page. */
export type KeptHub = Omit<HubForm, "secrets" | "storedSecrets" | "trust">;

export function keptHub(form: HubForm): KeptHub {
  const kept: Partial<HubForm> & KeptHub = { ...form };
  delete kept.secrets;
  delete kept.storedSecrets;
  delete kept.trust;
  return kept;
}

/** Where an unfinished form is kept. */
export function hubKey({ id, kind }: HubForm): string {
  return id === null ? `hub/new/${kind}` : `hub/${id}`;
}
