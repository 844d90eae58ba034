import { setAttribute, type RowNode, type RowRenderer, type RowsRole } from "./renderer";

/** What is written onto a row besides its cells. */
export interface RowLook {
  ordinal: number;
  /** 1-based place for assistive technology, the header row included; null for a row that is gone. */
  index: number | null;
  count: number;
  selected: boolean;
  active: boolean;
}

interface Slot<T> {
  node: RowNode<T>;
  row: T | null;
}

/**
 * The row elements of a list, as many as can be seen and always in the order they are seen. When the
 * list moves by less than a screen, the elements that left at one edge go to the other one and the
 * rest stays untouched.
 */
export class RowPool<T> {
  private readonly slots: Slot<T>[] = [];
  private top = 0;

  constructor(
    private readonly body: HTMLElement,
    private readonly renderer: RowRenderer<T>,
    private readonly role: RowsRole,
    private readonly idPrefix: string,
  ) {}

  get size(): number {
    return this.slots.length;
  }

  /** Makes the pool as large as the viewport needs it. */
  resize(count: number): void {
    while (this.slots.length > count) this.slots.pop()?.node.element.remove();
    while (this.slots.length < count) {
      const node = this.renderer.create();
      node.element.setAttribute("role", this.role === "listbox" ? "option" : "row");
      node.element.style.height = `${this.renderer.rowHeight}px`;
      this.body.append(node.element);
      this.slots.push({ node, row: null });
    }
  }

  /** Moves the pool so that its first element stands for `top`. */
  moveTo(top: number): void {
    const distance = top - this.top;
    this.top = top;
    const count = this.slots.length;
    if (distance === 0 || Math.abs(distance) >= count) return;
    if (distance > 0) {
      const moved = this.slots.splice(0, distance);
      this.body.append(...moved.map((slot) => slot.node.element));
      this.slots.push(...moved);
    } else {
      const moved = this.slots.splice(count + distance, -distance);
      this.body.prepend(...moved.map((slot) => slot.node.element));
      this.slots.unshift(...moved);
    }
  }

  /** Shows a row in the element of index `at`; undefined draws it as not loaded yet. */
  show(at: number, row: T | undefined, look: RowLook): void {
    const slot = this.slots[at];
    if (!slot) return;
    const { element } = slot.node;
    if (row !== undefined && slot.row !== row) {
      slot.node.show(row);
      slot.row = row;
      setAttribute(element, "aria-label", this.renderer.name(row));
    }
    element.hidden = false;
    setAttribute(element, "id", this.idOf(look.ordinal));
    setAttribute(element, "data-loading", row === undefined ? "" : null);
    // A row without its cells yet is no broken row.
    setAttribute(element, "aria-busy", row === undefined ? "true" : null);
    setAttribute(element, "data-active", look.active ? "" : null);
    setAttribute(element, "aria-selected", look.selected ? "true" : "false");
    if (this.role === "listbox") {
      setAttribute(element, "aria-posinset", look.index === null ? null : String(look.index));
      setAttribute(element, "aria-setsize", String(look.count));
    } else {
      setAttribute(element, "aria-rowindex", look.index === null ? null : String(look.index));
    }
  }

  /** Takes the element of index `at` out of sight. */
  hide(at: number): void {
    const slot = this.slots[at];
    if (slot) slot.node.element.hidden = true;
  }

  /** The id of the element that shows an ordinal. */
  idOf(ordinal: number): string {
    return `${this.idPrefix}-${ordinal}`;
  }
}
