import assert from "node:assert/strict";
import { until } from "./until.mjs";

/**
 * What a new user does, in a browser and in the real window alike. `page` has the functions of `browserPage`.
 */

/** Rows of the message table, as a screen reader says them. */
function rows(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("[role=grid] [role=row][aria-rowindex]:not([aria-rowindex='1'])")].map(
      (row) => row.getAttribute("aria-label") ?? row.textContent,
    ),
  );
}

async function rowWith(page, ...words) {
  const has = (row) => words.every((word) => row.includes(word));
  return until(`a row with ${words.join(" and ")}`, async () => (await rows(page)).find(has));
}

/** Waits until the page shows this text. */
export function says(page, text) {
  return until(`the page says "${text}"`, () => page.evaluate((wanted) => document.body.innerText.includes(wanted), text));
}

/** Starts the sandbox from the first page and sees its first device talk. */
export async function startSandbox(page) {
  await page.see("heading", "No hubs yet");
  await page.click("button", "Start sandbox");
  await page.see("heading", /thermo-a/);
  await rowWith(page, "temperature");
}

/** Filters, opens the first row that is left, reads it in the inspector. */
export async function filterAndOpen(page) {
  await page.fill("searchbox", "Filter messages", "topic:devices/+/telemetry dir:in");
  await until("only telemetry is left", async () => {
    const left = await rows(page);
    return left.length > 0 && left.every((row) => row.includes("telemetry"));
  });
  await page.fill("searchbox", "Filter messages", "topic:devices/#/state");
  await until("the filter is refused", () =>
    page.evaluate(() => document.querySelector("[aria-label='Filter messages']").getAttribute("aria-invalid") === "true"),
  );
  await page.fill("searchbox", "Filter messages", "telemetry");
  await page.click("row", /telemetry/);
  await page.press("Enter");
  await until("the message is open with its payload", async () => {
    const message = await page.text("complementary", "Message");
    return message.includes("devices/thermo-a/telemetry") && message.includes("temperature");
  });
  await page.press("Escape");
  await page.fill("searchbox", "Filter messages", "");
}

/** Publishes with the keyboard and sees the message go out and come back. */
export async function publish(page, topic, payload) {
  await page.fill("textbox", "Topic to publish to", topic);
  await page.fill("textbox", "Payload", payload);
  await page.press("Control+Enter");
  await rowWith(page, "out", topic.split("/").at(-1));
  await rowWith(page, "in", topic.split("/").at(-1));
}

/** Pastes a command line, adds what was understood, connects. */
export async function pasteCommand(page, broker, chooseCa) {
  await page.click("button", /^Add a hub$/);
  await page.click("menuitem", "Other ways to begin");
  await page.fill("textbox", "Pasted text", broker.command("lab/#"));
  await page.see("button", /lab-ca\.pem/);
  await says(page, "1 subscription");
  await chooseCa(() => page.click("button", /lab-ca\.pem/));
  await says(page, "chosen");
  await page.click("button", "Add hub and device");
  await page.click("button", /^Connect$/);
  await page.see("button", /^Disconnect$/);
  await says(page, "TLS 1.3");
}

/**
 * A broker of a private CA is pasted without the CA's file: connecting fails, Diagnose says why, two presses trust the
 * CA, the run that follows passes, and the device connects.
 */
export async function mendUnknownCa(page, broker, { user, password }) {
  await page.click("button", /^Add a hub$/);
  await page.click("menuitem", "Other ways to begin");
  // By name, so that it is another hub than the one of the pasted command.
  await page.fill("textbox", "Pasted text", `mqtts://${user}:${password}@localhost:${broker.port}`);
  await page.click("button", "Add hub and device");
  await page.click("button", /^Connect$/);
  await says(page, "unknown CA");
  await page.click("button", /^Diagnose$/);
  await says(page, "Stopped at step 4");
  await page.see("option", /^4, Server certificate chain.*unknown CA, failed$/);
  await page.click("button", /^Trust this CA for this hub/);
  await page.see("dialog", /^Trust Lab CA/);
  await page.click("button", /^Trust this CA$/);
  await says(page, "All steps passed");
  await page.see("option", /^10, Echo.*, ok$/);
  await says(page, "was unknown CA");
  await page.press("Escape");
  await until("the focus is back at the button that opened it", () => page.evaluate(() => document.activeElement?.textContent === "Diagnose"));
  await page.click("button", /^Connect$/);
  await page.see("button", /^Disconnect$/);
  await says(page, "TLS 1.3");
}

/** Messages of a foreign client arrive, ours arrives at a foreign client. */
export async function talkWithStrangers(page, broker) {
  broker.publish("lab/oven/7", '{"celsius": 181.5}');
  await rowWith(page, "celsius", "181.5");
  const stranger = await broker.receive("lab/answers/#");
  try {
    await page.fill("textbox", "Topic to publish to", "lab/answers/7");
    await page.fill("textbox", "Payload", '{"turn": "down"}');
    await page.press("Control+Enter");
    assert.equal(await stranger.message, 'lab/answers/7 {"turn": "down"}');
  } finally {
    await stranger.end();
  }
}

/** Nothing that the page did may have met its content security policy. */
export function watchPolicy() {
  window.__violations ??= [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.__violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  );
}

export async function assertPolicyHeld(page) {
  assert.deepEqual(await page.evaluate(() => window.__violations), []);
}

/** The password went in; it must not be anywhere on the page again. */
export async function assertHidden(page, secret) {
  const markup = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!markup.includes(secret), "the page holds the password");
}
