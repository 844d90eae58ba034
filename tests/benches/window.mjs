/**
 * The real window under load, in the columns that its peers were measured in: counters, lag, frames, key to paint,
 * memory and processor time over all processes of the app.
 *
 * node tests/benches/window.mjs [--seconds 60] [--rates 1000,5000,20000] [--topics 100,20000] [--settle 10]
 * with HUBSCOPE_APP (release build), TAURI_DRIVER, HUBSCOPE_MOSQUITTO as `cargo xtask bench` sets them. Linux only.
 */
import { parseArgs } from "node:util";
import { makeHome } from "../e2e/support/home.mjs";
import { startScreen } from "../e2e/support/screen.mjs";
import { until } from "../e2e/support/until.mjs";
import { openWindow } from "../e2e/support/window.mjs";
import { startPlainBroker } from "./window/broker.mjs";
import { pace } from "./window/pace.mjs";
import { keyToPaint, startProbe, watchCounter } from "./window/probe.mjs";
import { usage } from "./window/usage.mjs";

const FILTER = "bench/#";
/** Every so often a key goes into the filter while messages stream. */
const KEY_EVERY_MS = 2_500;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rates: { type: "string", default: "1000,5000,20000" },
    topics: { type: "string", default: "100,20000" },
    settle: { type: "string", default: "10" },
  },
});
const numbers = (text) => text.split(",").map(Number);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

console.log(
  "| rate/s, topics | sent | received | lag s | fps | gap p99 ms | longest gap ms | s in gaps > 100 ms | key to paint median (max) ms | kept | PSS MB (growth) | CPU s | broker CPU s |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
for (const topics of numbers(values.topics)) {
  for (const rate of numbers(values.rates)) console.log(await cell(rate, topics, Number(values.seconds)));
}

/** One row: a fresh app, a fresh broker, `rate` messages a second. */
async function cell(rate, topics, seconds) {
  const home = makeHome();
  home.variables.HUBSCOPE_VAULT = "memory";
  // What was opened is closed again, the newest first, also when the rest cannot be opened.
  const opened = [() => home.remove()];
  try {
    const screen = await startScreen(1600, 1000);
    opened.push(() => screen.end());
    const broker = await startPlainBroker(home.path);
    opened.push(() => broker.end());
    const window = await openWindow(home, screen);
    opened.push(() => window.close());
    await connect(window.page, broker.port);
    await sleep(Number(values.settle) * 1000);
    return await measure(window, home, broker, rate, topics, seconds);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

/** Adds the broker as a pasted command would, connects, and opens the device's page. */
async function connect(page, port) {
  await until("the page has loaded", () => page.evaluate("() => document.querySelector('main') !== null"));
  const command = `mosquitto_sub -h 127.0.0.1 -p ${port} -i bench -t '${FILTER}'`;
  await page.evaluate(
    `async (text) => {
      const rpc = (name, request) => window.__TAURI_INTERNALS__.invoke("rpc", { name, request });
      const { device } = await rpc("paste.add", { text, ca: null });
      await rpc("session.connect", { device });
    }`,
    command,
  );
  await page.click("treeitem", /bench/);
  await page.see("searchbox", /filter messages/i);
  await until("the session is online", () => page.evaluate("() => /\\b1 connected/.test(document.querySelector('footer[aria-label=Status]')?.textContent ?? '')"));
}

async function measure({ page }, home, broker, rate, topics, seconds) {
  const before = { app: usage(home.path), broker: broker.cpu() };
  await page.evaluate(startProbe);
  const total = rate * seconds;
  await page.evaluate(watchCounter, total);
  const publishing = pace(broker.port, { rate, topics, seconds });
  const keys = [];
  const end = Date.now() + seconds * 1000 - KEY_EVERY_MS;
  while (Date.now() < end) {
    await sleep(KEY_EVERY_MS);
    keys.push(await press(page, "b"));
  }
  const sent = await publishing;
  const after = { app: usage(home.path), broker: broker.cpu() };
  const frames = await page.evaluate("() => window.bench.stop()");
  await page.fill("searchbox", /filter messages/i, "");
  // Ten seconds more than anything here should lag.
  const deadline = Date.now() + 10_000;
  let counter = await page.evaluate("() => window.bench.counter()");
  while (counter.reached === null && Date.now() < deadline) {
    await sleep(100);
    counter = await page.evaluate("() => window.bench.counter()");
  }
  const lag = counter.reached === null ? "never" : Math.max(0, (counter.reached - sent.ended) / 1000).toFixed(1);
  const row = [
    `${rate}, ${topics}`,
    sent.messages,
    counter.received,
    lag,
    frames.fps.toFixed(1),
    frames.p99.toFixed(0),
    frames.longest.toFixed(0),
    frames.inLongGaps.toFixed(1),
    `${median(keys).toFixed(0)} (${Math.max(...keys).toFixed(0)})`,
    counter.kept,
    `${after.app.pss.toFixed(0)} (+${(after.app.pss - before.app.pss).toFixed(0)})`,
    (after.app.cpu - before.app.cpu).toFixed(1),
    (after.broker - before.broker).toFixed(1),
  ];
  return `| ${row.join(" | ")} |`;
}

/** A real key press into the filter; answers how long the page took from the key to the painted frame. */
async function press(page, key) {
  await page.evaluate(keyToPaint);
  await page.evaluate("() => document.querySelector('[role=searchbox], input[type=search]').focus()");
  await page.press(key);
  return until("the key was painted", () => page.evaluate("() => window.bench.painted"));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
