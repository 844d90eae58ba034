import { until } from "./until.mjs";

/** Forms and token states that the sandbox's personalities give: device, name of the picture, connected or not. */
const DEVICES = {
  azure: [
    ["freezer-1", "azure-key", true],
    ["camera-1", "azure-x509-own", false],
    ["robot-1", "azure-x509-ca", true],
    ["retired-1", "azure-disabled", true],
  ],
  thingsboard: [
    ["valve-1", "thingsboard-token", true],
    ["lamp-3", "thingsboard-basic", false],
    ["meter-1", "thingsboard-x509", true],
  ],
  kaa: [
    ["boiler-new", "kaa-unused", false],
    ["boiler-1", "kaa-active", true],
    ["boiler-suspended", "kaa-suspended", false],
    ["boiler-revoked", "kaa-revoked", false],
  ],
};

/** Each credential form with its token status, in both themes. */
export async function takeCredentials(page, camera) {
  for (const [personality, devices] of Object.entries(DEVICES)) {
    await camera.call("sandbox.start", { personality });
    for (const [name, picture, connected] of devices) {
      const { devices: known } = await camera.call("tree.get", {});
      const device = known.find((one) => one.name === name).id;
      await page.click("treeitem", new RegExp(`${name}\\b`));
      await page.press("Enter");
      await page.see("heading", new RegExp(name));
      if (personality === "kaa") await camera.call("token.read", { device });
      if (connected) await connect(camera, device);
      // The diagram is what these are about, and it stands below the form.
      if (personality === "kaa") await page.evaluate(showTokenStatus);
      await camera.inBothThemes(`credentials.${picture}`);
    }
  }
}

/** Runs in the page. */
function showTokenStatus() {
  const heading = [...document.querySelectorAll("h2, h3")].find((one) => one.textContent.includes("Token status"));
  heading.closest("section, article, div").scrollIntoView({ block: "start" });
}

/** Connects and waits for what comes of it: a hub may refuse. */
async function connect(camera, device) {
  await camera.call("session.connect", { device });
  await until("the session is decided", async () => {
    const { sessions } = await camera.call("session.list", {});
    const session = sessions.find((one) => one.device === device);
    return session.state.state !== "idle" && session.state.state !== "connecting";
  });
}

/** The unlock screen and the vault's settings, under a passphrase. */
export async function takeVault(page, camera) {
  const passphrase = "a passphrase for pictures";
  await camera.call("vault.set_passphrase", { current: null, new: passphrase });
  await page.click("button", "Settings");
  await page.see("heading", /Vault|Secrets/);
  await camera.inBothThemes("settings");
  await camera.call("vault.lock", {});
  await page.see("button", /Unlock/);
  await camera.inBothThemes("vault-locked");
  await camera.call("vault.unlock", { passphrase });
}
