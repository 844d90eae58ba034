import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { says } from "./walk.mjs";

const CODE = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";

/** Makes a CA by the menu. */
export async function makeAuthority(page, name) {
  await page.press("Control+3");
  await page.see("heading", "Certificates");
  await page.click("button", "New");
  await page.click("menuitem", /^New root CA/);
  await page.fill("textbox", "Name", name);
  await page.press("Control+Enter");
  await page.see("heading", name);
}

/** Lets the CA that is shown issue certificates for these ids, and sees them in the list. */
export async function issueFor(page, ids) {
  await page.click("button", /^Issue device certificates/);
  await page.fill("textbox", "Device IDs", ids.join("\n"));
  await page.press("Control+Enter");
  for (const id of ids) await page.see("row", new RegExp(`^${id}, client`));
}

/**
 * Proves to a hub that is not in the workspace that the key of the CA is here. `save` clicks a button and answers the
 * path of the file that comes of it. OpenSSL checks what was signed.
 */
export async function provePossession(page, name, save) {
  await page.click("button", `More for ${name}`);
  await page.click("menuitem", /^Prove possession/);
  await page.click("button", "Go on");
  const ca = await save(() => page.click("button", "Save .pem"));
  await page.click("button", "It is uploaded");
  await page.fill("textbox", "Verification code from the hub", ` ${CODE}`);
  await says(page, "48 hex characters");
  await says(page, "spaces around it removed");
  await page.click("button", /^Sign$/);
  await page.see("button", "Sign again");
  const proof = await save(() => page.click("button", "Save…"));
  const openssl = (...args) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] }).toString();
  assert.match(openssl("x509", "-in", proof, "-noout", "-subject"), new RegExp(`CN ?= ?${CODE}\\n$`));
  assert.match(openssl("verify", "-x509_strict", "-CAfile", ca, proof), /OK/);
  await page.click("button", /^I uploaded it/);
  await page.click("button", "Note as verified");
  await says(page, "Possession proved");
}
