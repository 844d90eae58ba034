/** Longest common name (RFC 5280, appendix A): the code becomes one. */
const LONGEST = 64;

/** What can be said of a verification code while it is typed. */
export interface CheckedCode {
  /** Without the white space around it. */
  code: string;
  /** White space was around it. */
  trimmed: boolean;
  length: number;
  hex: boolean;
  /** White space is inside it. */
  spaces: boolean;
  /** It can be signed. A code that is not hexadecimal can: what a code looks like is the hub's business. */
  usable: boolean;
}

export function checkCode(text: string): CheckedCode {
  const code = text.trim();
  const length = [...code].length;
  const spaces = /\s/.test(code);
  return { code, trimmed: code !== text, length, hex: /^[0-9a-f]+$/i.test(code), spaces, usable: length > 0 && length <= LONGEST && !spaces };
}

/** A code in a few letters: "75B86466DA34…BDDB3". */
export function shortCode(code: string): string {
  return code.length <= 22 ? code : `${code.slice(0, 12)}…${code.slice(-5)}`;
}
