import { fromSystem, lettersAndDigits, type RandomBytes } from "@/components/fields";

export { lettersAndDigits, makePassword } from "@/components/fields";

/** A ThingsBoard access token: as long as those that the server makes. */
export const makeToken = (random?: RandomBytes) => lettersAndDigits(20, random);

/** An Azure shared access key: 32 bytes as base64. */
export function makeKey(random: RandomBytes = fromSystem): string {
  return btoa(String.fromCharCode(...random(32)));
}
