/** One recycled row: an element that is filled again and again with other rows. */
export interface RowNode<T> {
  readonly element: HTMLElement;
  /** Writes a row into the element. It is called often, so it touches only what differs. */
  show(row: T): void;
}

/** How the rows of a list look. Rows live outside React: its work must not follow the message rate. */
export interface RowRenderer<T> {
  /** CSS pixels; the same for every row. */
  readonly rowHeight: number;
  /** Makes an empty row. Its cells carry their own roles; the row's role is set by the list. */
  create(): RowNode<T>;
  /** What a screen reader says for the row. */
  name(row: T): string;
}

/** What a list is for assistive technology. */
export type RowsRole = "grid" | "treegrid" | "listbox";

/** Adds a cell to a row that is being made. */
export function addCell(row: HTMLElement, className: string | undefined): HTMLElement {
  const cell = row.appendChild(document.createElement("span"));
  cell.className = className ?? "";
  cell.setAttribute("role", "gridcell");
  return cell;
}

/** Sets an attribute, or removes it for null, only when it differs. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Replaces an element's text, only when it differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
