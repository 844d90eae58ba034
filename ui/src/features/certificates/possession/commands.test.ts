import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { azureUpload, azureVerify, opensslCommands } from "./commands";

let folder: string;
const shell = (script: string) => execFileSync("sh", ["-ec", script], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }).toString();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hubscope-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(["75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3", "it's a/code"])("the commands for OpenSSL sign %s", (code) => {
  shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=Lab -days 9 -addext keyUsage=critical,keyCertSign,cRLSign");
  shell(opensslCommands(code));
  expect(shell("openssl x509 -in verification.pem -noout -subject -nameopt multiline")).toContain(`commonName                = ${code}\n`);
  expect(shell("openssl x509 -in verification.pem -noout -text")).toContain("Version: 3");
  expect(shell("openssl verify -x509_strict -CAfile ca.pem verification.pem")).toContain("OK");
  expect(shell("ls").split("\n")).not.toContain("verification.key");
});

test("Azure's commands name hub and certificate", () => {
  const hub = { kind: "azure_iot_hub", host: "acme-prod-weu.azure-devices.net" } as const;
  expect(azureUpload(hub, "ACME Factory CA 03")).toContain("create --hub-name acme-prod-weu --name ACME-Factory-CA-03 --path ca.pem");
  expect(azureVerify(hub, "x'; rm -rf /")).toContain("--name x-rm--rf --path verification.pem");
  expect(azureVerify({ kind: "azure_dps", host: "global.azure-devices-provisioning.net" }, "Lab")).toContain("az iot dps certificate verify --dps-name DPS_NAME --name Lab");
});
