/**
 * Runs inside the page: the first visible element of a role whose accessible name matches. WebKit's driver does not
 * compute names, so axe-core does, which reads roles and names as the specification says.
 */
export function findAccessible(axe, role, source, flags) {
  const pattern = new RegExp(source, flags);
  const inside = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) => (element.shadowRoot ? [element, ...inside(element.shadowRoot)] : [element]));
  const candidates = inside(document).filter((element) => element.checkVisibility({ visibilityProperty: true }));
  axe.setup(document.documentElement);
  try {
    const { aria, text } = axe.commons;
    return (
      candidates.find((element) => aria.getRole(element) === role && pattern.test(text.accessibleText(element))) ?? null
    );
  } finally {
    axe.teardown();
  }
}
