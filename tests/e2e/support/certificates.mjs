import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A self-signed certificate of a device with its key, made by OpenSSL, as the engine reads pasted text. */
export function makeCertificate(folder, commonName, days) {
  const [certificate, key] = ["certificate.pem", "certificate.key"].map((name) => join(folder, name));
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", key, "-out", certificate, "-subj", `/CN=${commonName}`, "-days", String(days)], {
    stdio: "pipe",
  });
  const text = (file) => ({ from: "text", text: readFileSync(file, "utf8") });
  return { certificate: text(certificate), key: text(key), passphrase: null };
}
