/** A stretch of pasted text; a secret one is not shown. */
export interface PastedPart {
  text: string;
  secret: boolean;
}

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'`;

/** Where secrets stand in the texts that are understood: what comes before, and the secret itself. */
const PATTERNS: RegExp[] = [
  // Commands: -P, --pw, --password, --key, --login, --connection-string …, quoted or not.
  new RegExp(String.raw`((?:^|\s)(?:-P(?:\s+|=)?|--(?:pw|password|primary-key|pk|secondary-key|sk|key|symmetric-key|login|connection-string|cs|token)(?:\s+|=)))(${QUOTED}|[^\s]+)`, "gd"),
  // Addresses: user:password@host.
  /(:\/\/[^\s/@:]*:)([^\s@]+)(?=@)/gd,
  // Connection strings and SAS tokens.
  /((?:SharedAccessKey|SharedAccessSignature)\s*=\s*)([^;\s"']+(?:\s+sr=[^;\s"']+)?)/gid,
  /(\bsig=)([^&\s"';]+)/gid,
  // JSON, options of a call, and lines "password: …".
  new RegExp(String.raw`((?:^|[\s,{])["']?(?:password|passwd|pwd|pass|pw|token|access[ _-]?token|access[ _-]?key|primary[ _-]?key|secondary[ _-]?key|key|secret|provision[ _-]?key|provision[ _-]?secret)["']?\s*[:=]\s*)(${QUOTED}|[^\s,}]+)`, "gimd"),
  // Private keys in PEM.
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----\s*)([^-]+)(?=-----END)/gd,
];

/** Takes pasted text apart, so that it can be shown without its secrets. */
export function pastedParts(text: string): PastedPart[] {
  const parts: PastedPart[] = [];
  let last = 0;
  for (const [start, end] of secretRanges(text)) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    if (from > last) parts.push({ text: text.slice(last, from), secret: false });
    parts.push({ text: text.slice(from, end), secret: true });
    last = end;
  }
  if (last < text.length) parts.push({ text: text.slice(last), secret: false });
  return parts;
}

function secretRanges(text: string): [number, number][] {
  const ranges = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map((found) => found.indices?.[2])).filter((range) => range !== undefined);
  return ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}
