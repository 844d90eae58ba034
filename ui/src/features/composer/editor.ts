import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** JSON in the colours of the tokens; custom properties reach into the shadow root. */
const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--j-key)" },
  { tag: tags.string, color: "var(--j-str)" },
  { tag: tags.number, color: "var(--j-num)" },
  { tag: [tags.bool, tags.null], color: "var(--j-lit)" },
  { tag: [tags.punctuation, tags.brace, tags.squareBracket, tags.separator], color: "var(--j-pun)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--sunken)", color: "var(--text)", fontSize: "var(--fs-12)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "18px", overflow: "auto" },
  ".cm-content": { padding: "6px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", border: "none", color: "var(--text-3)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px", padding: "0 6px 0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "var(--selected)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-tint)", outline: "1px solid var(--accent)" },
  ".cm-specialChar": { color: "var(--warn)" },
});

export interface PayloadEditor {
  setText(text: string): void;
  focus(): void;
  close(): void;
}

/**
 * A JSON editor in a shadow root of `host`. The shadow root is what keeps the page's CSP strict: there the editor
 * makes its styles as constructed style sheets, which need neither a style element nor a nonce.
 */
export function payloadEditor(host: HTMLElement, text: string, label: string, description: string, changed: (text: string) => void): PayloadEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
  let quiet = false;
  const view = new EditorView({
    parent: root as unknown as DocumentFragment,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        // The composer publishes on these keys; here they must not add a line. Tab is not bound: it leaves the editor.
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => true }])),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        indentUnit.of("  "),
        json(),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-description": description }),
        EditorView.domEventHandlers({ beforeinput: typeOverSelection }),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(next) {
      if (next === view.state.doc.toString()) return;
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      quiet = false;
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

/**
 * Replaces the selection by what is typed. Left to the browser, Chromium carries the colours of the replaced text
 * over in a style attribute, which the CSP refuses and reports.
 */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null || view.composing) return false;
  const { from, to } = selected(view);
  if (from === to) return false;
  event.preventDefault();
  const insert = view.state.toText(event.data);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.type",
    scrollIntoView: true,
  });
  return true;
}

/** What the page shows as selected; the editor's own state learns of it a moment later. */
function selected(view: EditorView): { from: number; to: number } {
  // Chromium answers selections in a shadow root from there only; the others from the document.
  const root = view.root as Partial<Pick<Document, "getSelection">>;
  const selection = root.getSelection ? root.getSelection() : document.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!anchorNode || !focusNode || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode)) {
    return view.state.selection.main;
  }
  const ends = [view.posAtDOM(anchorNode, selection?.anchorOffset), view.posAtDOM(focusNode, selection?.focusOffset)];
  return { from: Math.min(...ends), to: Math.max(...ends) };
}
