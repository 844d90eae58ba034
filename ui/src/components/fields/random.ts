/** Where random numbers come from; a test gives its own. */
export type RandomBytes = (count: number) => Uint8Array;

export const fromSystem: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Largest multiple of the alphabet's size that a byte can stay below: bytes above it would favour the first letters. */
const FAIR = 256 - (256 % LETTERS_AND_DIGITS.length);

/** `length` letters and digits, each as likely as any other. */
export function lettersAndDigits(length: number, random: RandomBytes = fromSystem): string {
  let text = "";
  while (text.length < length) {
    for (const byte of random(length - text.length)) {
      if (byte < FAIR) text += LETTERS_AND_DIGITS.charAt(byte % LETTERS_AND_DIGITS.length);
    }
  }
  return text;
}

/** 24 of 62 characters: over 140 bits. */
export const makePassword = (random?: RandomBytes) => lettersAndDigits(24, random);
