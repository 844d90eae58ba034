import type { PreviewPiece, Row } from "@/contract";
import { putVisible } from "@/components/rows";
import { visibleString } from "@/components/text";
import { renderText, texts } from "@/i18n";
import styles from "./row.module.css";

/** A preview as one line of text, for names. */
export function previewText(pieces: readonly PreviewPiece[]): string {
  return visibleString(pieces.map((piece) => piece.text).join(" "));
}

/** The payload cell: a few pieces, each in the colour of its kind. Pieces are kept and written again. */
export class Preview {
  private readonly pieces: HTMLElement[] = [];

  constructor(private readonly cell: HTMLElement) {}

  show(row: Row): void {
    // What an event, gap or mark says is one piece, in the reader's language.
    const preview: Row["preview"] = row.text === null ? row.preview : [{ kind: "plain", text: renderText(row.text) }];
    const none = preview.length === 0;
    const shown = none ? 1 : preview.length;
    for (let at = 0; at < shown; at++) {
      const piece = preview[at];
      this.put(this.piece(at), piece?.kind ?? "none", piece ? piece.text : texts.t("messages.empty"));
    }
    for (let at = shown; at < this.pieces.length; at++) {
      const piece = this.pieces[at];
      if (piece && !piece.hidden) piece.hidden = true;
    }
    const last = this.pieces[shown - 1];
    if (last && row.cut) last.dataset.cut = "";
  }

  private put(element: HTMLElement, kind: string, text: string): void {
    if (element.hidden) element.hidden = false;
    if (element.dataset.kind !== kind) element.dataset.kind = kind;
    if (element.dataset.cut !== undefined) delete element.dataset.cut;
    putVisible(element, text);
  }

  private piece(at: number): HTMLElement {
    const known = this.pieces[at];
    if (known) return known;
    const made = this.cell.appendChild(document.createElement("span"));
    made.className = styles.piece ?? "";
    this.pieces.push(made);
    return made;
  }
}
