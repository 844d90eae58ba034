import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { startBroker } from "./support/broker.mjs";
import * as certificates from "./support/certificate-walk.mjs";
import { end, firstLine, start } from "./support/children.mjs";
import { makeHome } from "./support/home.mjs";
import { browserPage } from "./support/page.mjs";
import { walkFocus } from "./support/focus.mjs";
import * as walk from "./support/walk.mjs";

const PASSWORD = "Jx9-planted-password-of-the-lab";

let home, shell, url, browser, page, broker;
const consoleErrors = [];

before(async () => {
  home = makeHome();
  shell = start(process.env.HUBSCOPE_CLI, ["serve"], { ...home.variables, HUBSCOPE_VAULT: "memory" });
  url = await firstLine(shell, (line) => line.startsWith("http://127.0.0.1:") && line);
  broker = await startBroker(home.path, { user: "bench", password: PASSWORD });
  browser = await chromium.launch({ executablePath: process.env.HUBSCOPE_CHROMIUM, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && consoleErrors.push(message.text()));
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  await page.addInitScript(walk.watchPolicy);
  await page.goto(url);
});

after(async () => {
  await browser?.close();
  await broker?.end();
  if (shell) await end(shell);
  home?.remove();
});

/** axe may not add a script element under our policy, so it is handed over through the debugger. */
async function assertAccessible(what) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(found, [], what);
}

/** By keyboard alone: every stop can be reached, has a role and a name, and lies in sight. */
async function assertStops(screen, ...wanted) {
  const stops = await walkFocus(page, screen);
  const bad = stops.filter(({ role, name, seen }) => name.trim() === "" || ["", "generic", "none"].includes(role) || !seen);
  assert.deepEqual(bad, [], screen);
  const order = wanted.map((name) => stops.findIndex((stop) => name.test(stop.name)));
  assert.ok(order.every((at, index) => at > (order[index - 1] ?? -1)), `${screen}: ${wanted.join(" ")} are at ${order}`);
}

test("the token leaves the address bar", async () => {
  await page.getByRole("heading", { name: "No hubs yet" }).waitFor();
  assert.equal(new URL(page.url()).hash, "");
  await assertAccessible("first run");
  await assertStops("first-run", /^Devices/, /^Devices, topics, actions/, /^Start sandbox/, /^Pasted text/, /^Secrets/);
});

test("from the first page to live rows", async () => {
  await walk.startSandbox(browserPage(page));
  await assertAccessible("device page");
  await assertStops("device", /^Devices$/, /^Filter devices/, /^thermo-a, connected/, /^Devices, topics, actions/, /^Disconnect/, /^Live$/, /^Filter messages/, /^Topic to publish to/, /^Secrets/);
});

test("filter, open a message, read it", () => walk.filterAndOpen(browserPage(page)));

test("publish and see it come back", async () => {
  await walk.publish(browserPage(page), "devices/thermo-a/commands/set", '{"interval": 7}');
  await assertAccessible("device page with a selection");
});

test("the palette finds what there is, and a dialog and the settings are walked by keyboard", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command palette" }).fill("door-1");
  await assertAccessible("command palette");
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: /^door-1/ }).waitFor();
  await page.keyboard.press("Alt+w");
  await page.keyboard.press("Alt+Shift+t");
  await page.getByRole("tab", { name: /^door-1/, selected: true }).waitFor();
  await page.keyboard.press("Alt+w");
  await page.keyboard.press("Alt+n");
  await page.getByRole("dialog").waitFor();
  await assertStops("add-hub", /^Name/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await assertAccessible("settings");
  await assertStops("settings", /^Settings$/, /^System/, /^Reset settings/, /^Secrets/);
  await page.keyboard.press("Control+1");
});

test("another window is a client of its own and leaves the session when it closes", async () => {
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("Alt+Shift+o");
  const other = await opened;
  await other.getByRole("heading", { name: /thermo-a/ }).waitFor();
  assert.equal(new URL(other.url()).hash, "");
  await other.close();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
});

test("at 200 % zoom the panes stack and nothing is cut off", async () => {
  await page.setViewportSize({ width: 720, height: 450 });
  for (const [role, name] of [["button", "Add subscription"], ["searchbox", "Filter messages"], ["button", /^Publish/], ["button", /^Secrets/]]) {
    const control = page.getByRole(role, { name });
    await control.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await control.boundingBox();
    assert.ok(x >= 0 && y >= 0 && x + width <= 720 && y + height <= 450, `${name} is at ${x} ${y}, ${width} by ${height}`);
  }
  const wider = await page.$$eval("main, main section, footer", (parts) => parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.ariaLabel));
  assert.deepEqual(wider, []);
  await assertAccessible("device page, zoomed");
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("a pasted command connects to a real broker with TLS and a password", async () => {
  await walk.pasteCommand(browserPage(page), broker, async (open) => {
    const chooser = page.waitForEvent("filechooser");
    await open();
    await (await chooser).setFiles(broker.ca);
  });
  await walk.talkWithStrangers(browserPage(page), broker);
  await walk.assertHidden(browserPage(page), PASSWORD);
});

test("a CA is made, issues a certificate for a device, and proves to a hub that its key is here", async () => {
  const walked = browserPage(page);
  await certificates.makeAuthority(walked, "Walk CA");
  await certificates.issueFor(walked, ["bench-7"]);
  await certificates.provePossession(walked, "Walk CA", async (act) => {
    const download = page.waitForEvent("download");
    await act();
    return (await download).path();
  });
  await page.getByRole("row", { name: /^bench-7, client/ }).click();
  await page.getByRole("heading", { name: "bench-7" }).waitFor();
  await assertAccessible("certificates");
  await assertStops("certificates", /^Certs/, /^Filter certificates/, /^List of certificates/, /^Resize/, /^Export/, /^Secrets/);
  await page.keyboard.press("Control+1");
});

test("from an unknown CA to connected, by what Diagnose offers", async () => {
  await walk.mendUnknownCa(browserPage(page), broker, { user: "bench", password: PASSWORD });
  await walk.assertHidden(browserPage(page), PASSWORD);
});

test("Diagnose is walked by keyboard", async () => {
  await page.keyboard.press("Control+d");
  await page.getByRole("option", { name: /^10, Echo.*, ok$/ }).waitFor();
  await assertAccessible("Diagnose");
  await assertStops("diagnose", /^Copy report/, /^Run again/, /^Steps/);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

test("a reload starts over where the engine is", async () => {
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByRole("treeitem", { name: /thermo-a.*, connected/ }).waitFor();
});

test("the policy held and nothing failed in the page", async () => {
  await walk.assertPolicyHeld(browserPage(page));
  assert.deepEqual(consoleErrors, []);
});
