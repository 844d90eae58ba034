const ACCENTED: Record<string, string> = {
  a: "á", b: "ƀ", c: "ç", d: "đ", e: "é", f: "ƒ", g: "ğ", h: "ħ", i: "í", j: "ĵ", k: "ķ", l: "ł", m: "ɱ", n: "ñ",
  o: "ó", p: "þ", q: "ʠ", r: "ř", s: "š", t: "ŧ", u: "ú", v: "ṽ", w: "ŵ", x: "ẋ", y: "ý", z: "ž",
  A: "Á", B: "Ɓ", C: "Ç", D: "Đ", E: "É", F: "Ƒ", G: "Ğ", H: "Ħ", I: "Í", J: "Ĵ", K: "Ķ", L: "Ł", M: "Ḿ", N: "Ñ",
  O: "Ó", P: "Þ", Q: "Ɋ", R: "Ř", S: "Š", T: "Ŧ", U: "Ú", V: "Ṽ", W: "Ŵ", X: "Ẋ", Y: "Ý", Z: "Ž",
};

/** Placeholders and tags of a catalogue text; they stay as they are. */
const KEPT = /(\{\{[^}]*\}\}|<\/?\w+\s*\/?>)/;

/** Accents every letter and makes the text a third longer, so that cut and forgotten texts are seen in pictures. */
export function pseudo(text: string): string {
  const accented = text
    .split(KEPT)
    .map((part) => (KEPT.test(part) ? part : [...part].map((c) => ACCENTED[c] ?? c).join("")))
    .join("");
  return `[${accented}${"~".repeat(Math.ceil(text.length / 3))}]`;
}

/** A catalogue with every text made pseudo. */
export function pseudoCatalogue(catalogue: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === "string" ? pseudo(value) : pseudoCatalogue(value as object),
    ]),
  );
}
