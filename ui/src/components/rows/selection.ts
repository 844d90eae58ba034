/**
 * One end of a selection. The ordinal holds within a generation; the key names the row for good
 * and is unknown only while the row is not loaded.
 */
export interface Mark {
  ordinal: number | null;
  key: number | null;
}

/** Rows from the anchor to the active row, whichever comes first; the keyboard moves the active one. */
export interface Selection {
  anchor: Mark;
  active: Mark;
}

/** Selects one row. */
export function single(mark: Mark): Selection {
  return { anchor: mark, active: mark };
}

/** Moves the active end and leaves the anchor; without a selection it selects one row. */
export function extend(selection: Selection | null, active: Mark): Selection {
  return selection ? { anchor: selection.anchor, active } : single(active);
}

/** Whether a row is in the selection: by keys, and by ordinals as long as a key is unknown. */
export function contains(selection: Selection | null, key: number, ordinal: number): boolean {
  if (!selection) return false;
  const { anchor, active } = selection;
  if (anchor.key !== null && active.key !== null) return between(key, anchor.key, active.key);
  if (anchor.ordinal !== null && active.ordinal !== null) {
    return between(ordinal, anchor.ordinal, active.ordinal);
  }
  return false;
}

/** Whether more than one row is selected. */
export function isRange(selection: Selection | null): boolean {
  return selection !== null && !same(selection.anchor, selection.active);
}

/** Fills in the key of a row that has come in; returns the same object when nothing was missing. */
export function resolve(selection: Selection, ordinal: number, key: number): Selection {
  const anchor = fill(selection.anchor, ordinal, key);
  const active = same(selection.anchor, selection.active) ? anchor : fill(selection.active, ordinal, key);
  return anchor === selection.anchor && active === selection.active ? selection : { anchor, active };
}

/**
 * Forgets the ordinals, which mean nothing in a new generation. A mark whose key is unknown cannot
 * be found again, so it goes to the other one; null when no key is known at all.
 */
export function carryOver(selection: Selection): Selection | null {
  const key = selection.active.key ?? selection.anchor.key;
  if (key === null) return null;
  return {
    anchor: { ordinal: null, key: selection.anchor.key ?? key },
    active: { ordinal: null, key: selection.active.key ?? key },
  };
}

function fill(mark: Mark, ordinal: number, key: number): Mark {
  if (mark.key === null && mark.ordinal === ordinal) return { ordinal, key };
  if (mark.ordinal === null && mark.key === key) return { ordinal, key };
  return mark;
}

function same(a: Mark, b: Mark): boolean {
  return a === b || (a.key !== null ? a.key === b.key : a.ordinal !== null && a.ordinal === b.ordinal);
}

function between(value: number, a: number, b: number): boolean {
  return a <= b ? value >= a && value <= b : value >= b && value <= a;
}
