import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LISTS = fileURLToPath(new URL("../../../target/focus/", import.meta.url));
/** More stops than any screen has; only a trap reaches it. */
const MOST_STOPS = 300;

/**
 * Visits every focus stop of a page by Tab alone and answers what each is by the browser's accessibility tree: role and
 * name as computed, and the pane it stands in. The list is kept under target/focus.
 */
export async function walkFocus(page, screen) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Accessibility.enable");
  await page.evaluate(() => {
    window.__stops = new Set();
    if (document.querySelector("[role=dialog]")) return;
    // From the top: the browser goes on from where the focus was last.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const stops = [];
  for (;;) {
    await page.keyboard.press("Tab");
    // A guard at the edge of a dialog passes the focus on; a reader never stays on it.
    await page.waitForFunction(() => !document.activeElement?.hasAttribute("data-base-ui-focus-guard"));
    const where = await page.evaluate(lookAtFocus);
    // The round ends at the page itself, in a dialog where it began.
    if (where === "page" && stops.length > 0) break;
    if (where === "page") continue;
    if (where === "known") break;
    stops.push({ ...(await computed(devtools)), ...where });
    if (stops.length > MOST_STOPS) throw new Error(`${screen}: the focus does not come round`);
    // The editor takes Tab for itself until Esc, as its description says.
    if (where.editor) await page.keyboard.press("Escape");
  }
  await devtools.detach();
  mkdirSync(LISTS, { recursive: true });
  writeFileSync(`${LISTS}${screen}.txt`, stops.map(({ role, name, pane }) => `${pane.padEnd(28)} ${role.padEnd(12)} ${name}\n`).join(""));
  return stops;
}

/** Runs in the page: marks what has the focus, and says where it is. */
function lookAtFocus() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (element === null || element === document.body || element === document.documentElement) return "page";
  if (window.__stops.has(element)) return "known";
  window.__stops.add(element);
  const host = element.getRootNode() instanceof ShadowRoot ? element.getRootNode().host : element;
  const pane = host.closest("[data-pane], [role=dialog]");
  const box = element.getBoundingClientRect();
  return {
    pane: pane?.getAttribute("aria-label") ?? pane?.tagName.toLowerCase() ?? "",
    editor: element.isContentEditable,
    seen: box.width > 0 && box.height > 0,
  };
}

async function computed(devtools) {
  const { result } = await devtools.send("Runtime.evaluate", {
    expression: "(() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e; })()",
  });
  const { nodes } = await devtools.send("Accessibility.getPartialAXTree", { objectId: result.objectId, fetchRelatives: false });
  return { role: nodes[0]?.role?.value ?? "", name: nodes[0]?.name?.value ?? "" };
}
