/** Whether a dropped file is a private key by its name; everything else is read as certificates. */
export function looksLikeKey(name: string): boolean {
  return /\.key$|(^|[._-])(private|key)[^/]*\.(pem|der)$/i.test(name);
}
