import axe from "axe-core";
import { Builder, Capabilities, Key } from "selenium-webdriver";
import { findAccessible } from "./accessible.mjs";
import { end, start } from "./children.mjs";
import { freePort, listens } from "./ports.mjs";
import { until } from "./until.mjs";

/** Opens the app in a real window: WebDriver through tauri-driver and WebKit's own driver. */
export async function openWindow(home, screen) {
  const [port, native] = [await freePort(), await freePort()];
  const driverArguments = ["--port", String(port), "--native-port", String(native), "--native-driver", "/usr/bin/WebKitWebDriver"];
  const variables = { ...home.variables, DISPLAY: screen.display, RUST_BACKTRACE: "1" };
  const bridge = start(process.env.TAURI_DRIVER, driverArguments, variables);
  // Both: the bridge listens before the driver behind it does, and drops a session that comes too early.
  await until("both drivers listen", () => Promise.race([Promise.all([listens(port), listens(native)]).then((both) => both.every(Boolean)), bridge.failed]));
  const wanted = new Capabilities({ "tauri:options": { application: process.env.HUBSCOPE_APP } });
  wanted.setBrowserName("wry");
  const driver = await new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(wanted).build();
  const shut = async () => {
    // A window that no longer answers is closed by its driver's end.
    await Promise.race([driver.quit(), new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
    await end(bridge);
  };
  let closed = null;
  // Whoever cleans up need not know whether it is closed already.
  return { driver, page: windowPage(driver), close: () => (closed ??= shut()) };
}

/** The same functions as `browserPage`, for the real window. */
export function windowPage(driver) {
  const find = (role, name, patience) => {
    const pattern = name instanceof RegExp ? name : new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    return until(`a ${role} ${pattern}`, () => driver.executeScript(FIND, role, pattern.source, pattern.flags), patience);
  };
  return {
    see: find,
    click: (role, name, patience) => until(`a click on ${role} ${name}`, async () => (await (await find(role, name, patience)).click(), true), patience),
    fill: async (role, name, text) => {
      const element = await find(role, name);
      await element.click();
      await driver.actions().keyDown(Key.CONTROL).sendKeys("a").keyUp(Key.CONTROL).perform();
      // The driver types no line feed by itself.
      await driver.actions().sendKeys(text === "" ? Key.DELETE : text.replaceAll("\n", Key.ENTER)).perform();
    },
    type: (text) => driver.actions().sendKeys(text).perform(),
    press: (keys) => press(driver, keys),
    text: async (role, name) => (await find(role, name)).getText(),
    evaluate: (action, ...args) => driver.executeScript(`return (${action})(...arguments)`, ...args),
  };
}

/** axe-core as a function of this script only: the page under test sees nothing of it. */
const FIND = `
  const module = { exports: {} };
  const axe = window.__axe ?? (function () { ${axe.source}; return module.exports; }).call({});
  Object.defineProperty(window, "__axe", { value: axe, enumerable: false, configurable: true });
  return (${findAccessible})(axe, ...arguments);
`;

/** "Control+Enter": the last key while the others are held. */
async function press(driver, keys) {
  const names = keys.split("+").map((name) => KEYS[name] ?? name);
  const actions = driver.actions();
  names.slice(0, -1).forEach((name) => actions.keyDown(name));
  actions.sendKeys(names.at(-1));
  names.slice(0, -1).reverse().forEach((name) => actions.keyUp(name));
  await actions.perform();
}

const KEYS = {
  ArrowDown: Key.ARROW_DOWN,
  ArrowUp: Key.ARROW_UP,
  Control: Key.CONTROL,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  F1: Key.F1,
  F10: Key.F10,
  Home: Key.HOME,
  Shift: Key.SHIFT,
  Tab: Key.TAB,
};
