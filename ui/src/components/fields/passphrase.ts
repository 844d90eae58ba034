/** A new passphrase, typed twice. */
export interface NewPassphrase {
  fresh: string;
  repeated: string;
}

export const NO_PASSPHRASE: NewPassphrase = { fresh: "", repeated: "" };

/** The engine's rule for new passphrases, in characters. */
export const SHORTEST_PASSPHRASE = 10;

export const longEnough = ({ fresh }: NewPassphrase): boolean => [...fresh].length >= SHORTEST_PASSPHRASE;

/** Whether it can be used. */
export const passphraseFits = (value: NewPassphrase): boolean => longEnough(value) && value.fresh === value.repeated;
