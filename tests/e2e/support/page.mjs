/**
 * The page in a browser, driven by role and accessible name. `window.mjs` has the same functions for the real window,
 * so that one walk serves both.
 */
export function browserPage(page) {
  const find = (role, name) => page.getByRole(role, { name }).first();
  return {
    see: (role, name) => find(role, name).waitFor({ timeout: 30_000 }),
    click: (role, name) => find(role, name).click({ timeout: 30_000 }),
    fill: (role, name, text) => find(role, name).fill(text, { timeout: 30_000 }),
    /** Types into what has the focus. */
    type: (text) => page.keyboard.type(text),
    press: (keys) => page.keyboard.press(keys),
    text: (role, name) => find(role, name).innerText({ timeout: 30_000 }),
    evaluate: (action, ...args) => page.evaluate(`(${action})(...${JSON.stringify(args)})`),
  };
}
