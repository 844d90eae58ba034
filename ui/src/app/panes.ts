/** Panes are elements with `data-pane`, in the order of the document; F6 goes from one to the next. */
const PANE = "[data-pane]";
const TABBABLE =
  "a[href], button:not([disabled], [tabindex='-1']), input:not([disabled]), textarea:not([disabled]), [tabindex='0'], [contenteditable='true']";

const lastFocus = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus was in each pane, so that F6 comes back to it. Returns what stops it. */
export function rememberPaneFocus(): () => void {
  function onFocusIn(event: FocusEvent) {
    if (!(event.target instanceof HTMLElement)) return;
    const pane = event.target.closest(PANE);
    if (pane !== null) lastFocus.set(pane, event.target);
  }
  document.addEventListener("focusin", onFocusIn);
  return () => document.removeEventListener("focusin", onFocusIn);
}

/** Moves the focus to the next or previous pane that has something to focus. */
export function focusPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll(PANE)];
  const here = document.activeElement?.closest(PANE) ?? null;
  const at = here === null ? (step === 1 ? -1 : 0) : panes.indexOf(here);
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const pane = panes[(at + step * tried + panes.length * 2) % panes.length];
    const target = pane === undefined ? null : startOf(pane);
    if (target !== null) {
      target.focus();
      return;
    }
  }
}

/** Where the focus goes in a pane: where it was, or to what the pane marks as its start, or to its first control. */
function startOf(pane: Element): HTMLElement | null {
  const last = lastFocus.get(pane);
  if (last !== undefined && last.isConnected && pane.contains(last)) return last;
  return pane.querySelector<HTMLElement>("[data-pane-start]") ?? pane.querySelector<HTMLElement>(TABBABLE);
}

/** Focuses the filter of the pane that has the focus, or the first one there is. */
export function focusFilter(): boolean {
  const here = document.activeElement?.closest(PANE)?.querySelector<HTMLInputElement>("[data-pane-filter]");
  const filter = here ?? document.querySelector<HTMLInputElement>("[data-pane-filter]");
  if (filter === null) return false;
  filter.focus();
  filter.select();
  return true;
}
