// The list against a synthetic source of fifty million rows, in the browser that the shells' engines descend from.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const MILLIONS = 50_000_000;
const ui = fileURLToPath(new URL("../..", import.meta.url));
let server, browser, page, base;

before(async () => {
  server = await createServer({
    root: ui,
    configFile: `${ui}/vite.config.ts`,
    logLevel: "error",
    cacheDir: "node_modules/.vite-rows",
    server: { host: "127.0.0.1", port: 0, strictPort: false, hmr: false, watch: null },
  });
  await server.listen();
  base = `http://127.0.0.1:${server.httpServer.address().port}/tests/rows/index.html`;
  browser = await chromium.launch({
    executablePath: process.env.HUBSCOPE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a list that is 1000 px high and waits until its rows are there. */
async function open(query = "") {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 800, height: 1000 }, reducedMotion: "reduce" });
  await page.goto(`${base}?${query}`);
  await page.locator('[role=row][aria-selected]:not([hidden])').first().waitFor();
  return page;
}

/** Ordinals on screen, top to bottom, as their cells say; null for a skeleton. */
function onScreen() {
  return page.$$eval("[role=row][aria-selected]:not([hidden])", (rows) =>
    rows.map((row) => (row.hasAttribute("data-loading") ? null : Number(row.textContent.slice(4)))),
  );
}

async function until(what, holds) {
  const deadline = Date.now() + 10_000;
  let last;
  while (Date.now() < deadline) {
    last = await onScreen();
    if (holds(last)) return last;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  assert.fail(`${what}; on screen: ${last?.[0]} to ${last?.at(-1)} (${last?.length})`);
}

const grid = () => page.getByRole("grid", { name: "Synthetic rows" });
const active = () =>
  page.evaluate(() => {
    const id = document.querySelector("[role=grid]").getAttribute("aria-activedescendant");
    return id === null ? null : document.getElementById(id).getAttribute("aria-label");
  });
/** What a key or a press changes is painted with the next frame. */
async function activeBecomes(label) {
  const deadline = Date.now() + 10_000;
  while ((await active()) !== label && Date.now() < deadline) {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  assert.equal(await active(), label);
}
const selected = () =>
  page.$$eval("[aria-selected=true]:not([hidden])", (rows) => rows.map((row) => row.getAttribute("aria-label")));
const settled = (rows) => rows.length > 0 && !rows.includes(null);

test("fifty million rows: a screenful of nodes, every row reachable by the thumb", async () => {
  await open();
  const rows = await until("the first rows", (r) => settled(r) && r[0] === 0);
  assert.ok(rows.length <= 43, `${rows.length} rows for 1000 px`);
  const nodes = await page.evaluate(() => document.querySelectorAll("#root *").length);

  const track = await page.getByRole("scrollbar").boundingBox();
  const grip = 14;
  await page.mouse.move(track.x + 6, track.y + grip);
  await page.mouse.down();
  await page.mouse.move(track.x + 6, track.y + track.height / 2, { steps: 7 });
  const middle = await until("the middle", (r) => settled(r) && r[0] > 0.45 * MILLIONS);
  assert.ok(Math.abs(middle[20] - MILLIONS / 2) < MILLIONS / 500, `middle is ${middle[20]}`);
  await page.mouse.move(track.x + 6, track.y + track.height + 50, { steps: 3 });
  const last = await until("the last row", (r) => settled(r) && r.at(-1) === MILLIONS - 1);
  assert.equal(last.length, new Set(last).size);
  await page.mouse.up();

  assert.equal(await page.evaluate(() => document.querySelectorAll("#root *").length), nodes);
  assert.equal(await page.evaluate(() => window.test.source.mostInFlight), 1);
});

test("the wheel scrolls by pixels, also deep inside, and the page itself never scrolls", async () => {
  await open();
  await page.evaluate(() => window.test.handle.current.goTo(3 * 25_000_000));
  await until("row 25,000,000", (r) => settled(r) && r.includes(25_000_000));
  const box = await grid().boundingBox();
  await page.mouse.move(box.x + 200, box.y + 300);
  const y = () => page.evaluate(() => document.querySelector("[aria-label='row 25000000']").getBoundingClientRect().y);
  const before = await y();
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, 7);
  await page.waitForFunction((was) => {
    const row = document.querySelector("[aria-label='row 25000000']");
    return row && was - row.getBoundingClientRect().y === 70;
  }, before);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollTop), 0);
});

test("at an end the wheel is left to what is around the list", async () => {
  await open("end=1000");
  await until("the first rows", (r) => settled(r) && r[0] === 0);
  const taken = (deltaY) =>
    page.$eval("[role=rowgroup]", (port, by) => !port.dispatchEvent(new WheelEvent("wheel", { deltaY: by, cancelable: true })), deltaY);
  assert.equal(await taken(-120), false);
  assert.equal(await taken(120), true);
  await page.evaluate(() => window.test.handle.current.goTo(3 * 999));
  await until("the last row", (r) => settled(r) && r.at(-1) === 999);
  assert.equal(await taken(120), false);
  assert.equal(await taken(-120), true);
});

test("the right button selects its row before a menu is asked for", async () => {
  await open("end=1000");
  await page.evaluate(() => {
    const note = () => (window.test.activeAtMenu = window.test.handle.current.activeRow()?.ordinal);
    document.addEventListener("contextmenu", note, { capture: true });
  });
  await page.getByRole("row", { name: "row 7", exact: true }).click({ button: "right" });
  assert.equal(await page.evaluate(() => window.test.activeAtMenu), 7);
});

test("keys: by rows, by pages, to both ends, Shift extends, one tab stop", async () => {
  await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
  for (const key of ["ArrowDown", "ArrowDown", "j", "k"]) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelector("[data-active]")?.getAttribute("aria-label") === "row 1");
  await page.keyboard.press("End");
  await until("the end", (r) => settled(r) && r.at(-1) === MILLIONS - 1);
  await activeBecomes(`row ${MILLIONS - 1}`);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+K");
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 3);
  const range = await selected();
  assert.equal(range[0], await active());
  await page.keyboard.press("Home");
  await until("the start", (r) => settled(r) && r[0] === 0);
  await activeBecomes("row 0");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => window.test.opened), [0]);
  await page.keyboard.press("Control+a");
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length > 30);
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
});

test("roles: a grid that says how many rows it has and where each one is", async () => {
  await open("first=100&end=1100");
  await until("row 100", (r) => settled(r) && r[0] === 100);
  assert.equal(await grid().getAttribute("aria-rowcount"), "1001");
  assert.equal(await grid().getAttribute("aria-multiselectable"), "true");
  const row = page.getByRole("row", { name: "row 100", exact: true });
  assert.equal(await row.getAttribute("aria-rowindex"), "2");
  await row.click();
  await activeBecomes("row 100");
  assert.equal(await page.getByRole("row", { selected: true }).count(), 1);
  const bar = page.getByRole("scrollbar", { name: "Place in Synthetic rows" });
  assert.equal(await bar.getAttribute("aria-controls"), await grid().getAttribute("id"));
});

test("following shows the newest row; scrolling up ends it and the button brings it back", async () => {
  await open("end=1000&follows");
  await until("the newest row", (r) => settled(r) && r.at(-1) === 999);
  await page.evaluate(() => window.test.source.grow(100_000));
  await until("a burst", (r) => settled(r) && r.at(-1) === 100_999);
  const box = await grid().boundingBox();
  await page.mouse.move(box.x + 200, box.y + 300);
  await page.mouse.wheel(0, -240);
  const left = await until("ten rows up", (r) => settled(r) && r.at(-1) < 100_992);
  await page.evaluate(() => window.test.source.grow(31));
  await page.getByRole("button", { name: /^31 newer/ }).waitFor();
  assert.deepEqual(await onScreen(), left);
  await page.getByRole("button", { name: /^31 newer/ }).click();
  await until("the newest again", (r) => settled(r) && r.at(-1) === 101_030);
});

test("a skeleton is never drawn at the newest end while rows stream", async () => {
  await open("end=1000&follows");
  await until("the newest row", (r) => settled(r) && r.at(-1) === 999);
  const seen = await page.evaluate(async () => {
    let skeletons = 0;
    window.test.source.delay = 20;
    for (let frame = 0; frame < 60; frame++) {
      window.test.source.grow(5_000);
      window.test.source.trim(4_000);
      await new Promise((done) => requestAnimationFrame(done));
      skeletons += document.querySelectorAll("[data-loading]:not([hidden])").length;
    }
    return { skeletons, nodes: document.querySelectorAll("#root *").length };
  });
  assert.equal(seen.skeletons, 0);
  assert.ok(seen.nodes < 110, `${seen.nodes} nodes`);
});

test("a selected row stays selected and in its place while rows come, go and are filtered anew", async () => {
  await open("end=1000&follows");
  await until("the newest row", (r) => settled(r) && r.at(-1) === 999);
  const row = page.getByRole("row", { name: "row 980", exact: true });
  await row.click();
  const y = (await row.boundingBox()).y;
  await page.evaluate(() => {
    window.test.source.grow(50_000);
    window.test.source.trim(500);
  });
  await until("nothing moved", (r) => settled(r) && r.includes(980));
  assert.equal((await row.boundingBox()).y, y);
  assert.deepEqual(await selected(), ["row 980"]);
  // Every tenth row is left: 980 becomes ordinal 98.
  await page.evaluate(() => window.test.source.refilter(10));
  await until("the same row under its new ordinal", (r) => settled(r) && r.includes(98));
  assert.deepEqual(await selected(), ["row 98"]);
  // Now it is filtered away: nothing else gets selected in its stead.
  await page.evaluate(() => window.test.source.refilter(9));
  await until("the other filter", (r) => settled(r) && r.every((o) => o > 5000));
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 0);
});

test("rows on screen stay readable after the source let go of them", async () => {
  await open("end=1000&follows");
  await until("the newest row", (r) => settled(r) && r.at(-1) === 999);
  await page.getByRole("row", { name: "row 990", exact: true }).click();
  const before = await onScreen();
  await page.evaluate(() => {
    window.test.source.grow(5_000);
    window.test.source.trim(3_000);
  });
  await page.getByRole("button", { name: /^5,000 newer/ }).waitFor();
  assert.deepEqual(await onScreen(), before);
  await page.keyboard.press("ArrowUp");
  await activeBecomes("row 989");
});

test("states: a failure offers another try, no rows say so", async () => {
  await open("end=1000");
  await until("rows", settled);
  await page.evaluate(() => {
    window.test.source.failing = true;
  });
  await page.evaluate(() => window.test.handle.current.goTo(3 * 700));
  await page.getByText("The rows could not be read").waitFor();
  await page.evaluate(() => {
    window.test.source.failing = false;
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await until("row 700", (r) => settled(r) && r.includes(700));
  await page.evaluate(() => window.test.source.refilter(1_000_000_000));
  await page.evaluate(() => window.test.source.trim(1));
  await page.getByText("Nothing here").waitFor();
});

test("near two to the fifty-third nothing is lost to rounding", async () => {
  const end = Number.MAX_SAFE_INTEGER;
  await open(`first=${end - 10_000_000}&end=${end}&follows`);
  const rows = await until("the newest row", (r) => settled(r) && r.at(-1) === end - 1);
  assert.deepEqual(rows, rows.map((_, i) => end - rows.length + i));
});

test("another look keeps the active row, selected and on screen", async () => {
  await open();
  await page.evaluate(() => window.test.handle.current.goTo(90_000_000));
  await activeBecomes("row 30000000");
  await page.evaluate(() => window.test.changeLook());
  await until("the row is back", (rows) => rows.includes(30_000_000));
  await activeBecomes("row 30000000");
  assert.deepEqual(await selected(), ["row 30000000"]);
});
