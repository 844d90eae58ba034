import type { Hub } from "@/contract";

/** A word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The verification certificate by OpenSSL, for those who may not use this program. It expects `ca.pem` and `ca.key`, and
 * is of X.509 version 3, as extensions make it.
 */
export function opensslCommands(code: string): string {
  // A slash begins the next part of the name there.
  const subject = `/CN=${code.replaceAll("\\", "\\\\").replaceAll("/", "\\/")}`;
  return [
    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out verification.key",
    `openssl req -new -key verification.key -subj ${quoted(subject)} -out verification.csr`,
    "printf 'basicConstraints=CA:FALSE\\nkeyUsage=digitalSignature\\nauthorityKeyIdentifier=keyid\\n' > verification.ext",
    "openssl x509 -req -in verification.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -sha256 -extfile verification.ext -out verification.pem",
    "rm verification.key verification.csr verification.ext",
  ].join("\n");
}

/** Which hub and certificate the commands of Azure's command line are for. */
interface AzureTarget {
  /** Its commands: `az iot hub` or `az iot dps`. */
  group: string;
  /** `--hub-name NAME`, or the same of a provisioning service, whose name is not in its address. */
  hub: string;
  name: string;
}

function target(hub: Pick<Hub, "kind" | "host"> | null, authority: string): AzureTarget {
  // Names of certificates there have letters, digits and these signs.
  const name = quoted(authority.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "") || "ca");
  if (hub?.kind === "azure_dps") return { group: "az iot dps certificate", hub: "--dps-name DPS_NAME", name };
  return { group: "az iot hub certificate", hub: `--hub-name ${hub === null ? "HUB_NAME" : quoted(hub.host.split(".")[0] ?? "HUB_NAME")}`, name };
}

/** Uploads the CA and asks for its code. Source: Azure CLI reference, `az iot hub certificate`. */
export function azureUpload(hub: Pick<Hub, "kind" | "host"> | null, authority: string): string {
  const { group, hub: where, name } = target(hub, authority);
  return [
    `${group} create ${where} --name ${name} --path ca.pem`,
    `etag=$(${group} show ${where} --name ${name} --query etag --output tsv)`,
    `${group} generate-verification-code ${where} --name ${name} --etag "$etag" --query properties.verificationCode --output tsv`,
  ].join("\n");
}

/** Uploads the signed verification certificate. The tag is a new one since the code was made. */
export function azureVerify(hub: Pick<Hub, "kind" | "host"> | null, authority: string): string {
  const { group, hub: where, name } = target(hub, authority);
  return [
    `etag=$(${group} show ${where} --name ${name} --query etag --output tsv)`,
    `${group} verify ${where} --name ${name} --path verification.pem --etag "$etag"`,
  ].join("\n");
}
