import type { RowRenderer, RowsRole } from "./renderer";
import type { Selection } from "./selection";
import type { RowSource } from "./source";

/** The parts of the list's DOM that are written to from outside React. */
export interface RowsParts {
  /** Carries the role and the focus. */
  grid: HTMLElement;
  /** Clips the rows; its height is the viewport. */
  port: HTMLElement;
  /** Holds the row elements and is shifted by less than one row. */
  body: HTMLElement;
  track: HTMLElement;
  thumb: HTMLElement;
}

export interface RowsOptions<T> {
  source: RowSource<T>;
  renderer: RowRenderer<T>;
  role: RowsRole;
  idPrefix: string;
  /** Whether the list starts at its newest row and stays there. */
  follows: boolean;
  /** A header row counts as row 1 for assistive technology. */
  hasHeader: boolean;
  /**
   * Called when the active row, or how much is selected, changed. The row is null while it is not loaded, and the
   * selection is null when there is none any more.
   */
  onSelect?: (row: T | null, selection: Selection | null) => void;
  onOpen?: (row: T) => void;
  /** Called after a paint that changed which rows are on screen. */
  onVisible?: (rows: readonly T[]) => void;
}
