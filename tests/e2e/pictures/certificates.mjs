import { choose, chooseFromMenu } from "../support/choose.mjs";
import { until } from "../support/until.mjs";

const CODE = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";
const IDS = Array.from({ length: 40 }, (_, at) => `sensor-${String(at + 1).padStart(4, "0")}`);

/** Before there is any hub: later ones have CAs that are in the list. */
export async function takeNoCertificates({ camera, page }) {
  await page.see("heading", "No hubs yet");
  await page.press("Control+3");
  await page.see("button", /^New root CA/);
  await camera.inBothThemes("certificates.empty");
  await page.press("Control+1");
}

/** The page of certificates: list and detail, the wizard's steps, import, issue and how far it is. */
export async function takeCertificates({ camera, page, workspace }) {
  await page.press("Control+3");
  await page.see("heading", "Certificates");
  await fillList(workspace);
  await page.click("row", /^ACME Factory CA 03/);
  await page.see("heading", /ACME Factory CA 03/);
  await camera.inAllLooks("certificates.list");
  await takeWizard({ camera, page });
  await takeIssue({ camera, page });
  await page.click("button", "Import");
  await page.see("dialog", "Import a certificate");
  await camera.inBothThemes("certificates.import");
  await page.press("Escape");
  await page.press("Control+1");
}

/** A root, a CA below it, certificates of which some end soon, and a hub that wants a proof. */
async function fillList({ call, addHub }) {
  const make = async (common_name, parent, key, days) => (await call("authority.create", { common_name, parent, key, days })).sha256;
  const root = await make("ACME Device Root CA", null, "p384", 3_650);
  const factory = await make("ACME Factory CA 03", root, "p256", 1_825);
  await addHub("azure_iot_hub", "acme-prod-weu", "acme-prod-weu.azure-devices.net", 8883);
  for (const [name, days] of [["edge-gw-01", 214], ["pump-ctl-02", 12], ["gate-cam-4", 3]]) {
    await finished(call, await call("certificate.issue", { authority: factory, devices: [{ common_name: name }], key: "p256", days }));
  }
}

async function finished(call, { job }) {
  await until("the certificates are made", async () => (await call("job.get", { job })).state.state === "done");
}

async function takeWizard({ camera, page }) {
  await chooseFromMenu(page, "More for ACME Factory CA 03", /^Prove possession/);
  await page.see("button", "Go on");
  await camera.inBothThemes("certificates.proof.1");
  await page.click("button", "Go on");
  await page.see("button", "It is uploaded");
  await camera.inBothThemes("certificates.proof.2");
  await page.click("button", "It is uploaded");
  await page.fill("textbox", "Verification code from the hub", ` ${CODE}`);
  await page.click("button", /^Sign$/);
  await page.see("button", "Sign again");
  await camera.inAllLooks("certificates.proof.3");
  await page.click("button", /^I uploaded it/);
  await page.see("button", "Note as verified");
  await camera.inBothThemes("certificates.proof.4");
  await page.click("button", "Note as verified");
}

/** A long list with slow keys, so that there is a picture of how far it is; it is stopped after it. */
async function takeIssue({ camera, page }) {
  await page.click("button", /^Issue device certificates/);
  await page.see("dialog", "Issue device certificates");
  await page.fill("textbox", "Device IDs", IDS.join("\n"));
  await camera.inBothThemes("certificates.issue");
  await choose(page, "Key", "RSA 4096");
  await page.click("button", /^Issue 40 certificates/);
  await page.see("button", "Stop");
  await camera.inBothThemes("certificates.progress");
  await page.click("button", "Stop");
}
