import { createRef } from "react";
import { createRoot } from "react-dom/client";
import "@/styles/tokens.css";
import "@/styles/base.css";
import { startTexts } from "@/i18n";
import { Rows, setText, type RowRenderer, type RowsHandle } from "@/components/rows";
import { SyntheticSource, type SyntheticRow } from "./synthetic";

/** What the browser test reaches into. */
export interface RowsTestPage {
  source: SyntheticSource;
  handle: { current: RowsHandle<SyntheticRow> | null };
  opened: number[];
  /** Shows the list anew by another renderer, as another language or density does. */
  changeLook: () => void;
}

declare global {
  interface Window {
    test: RowsTestPage;
  }
}

const renderer: RowRenderer<SyntheticRow> = {
  rowHeight: 24,
  create() {
    const element = document.createElement("div");
    const cell = element.appendChild(document.createElement("span"));
    cell.setAttribute("role", "gridcell");
    return { element, show: (row) => setText(cell, `row ${row.ordinal}`) };
  },
  name: (row) => `row ${row.ordinal}`,
};

const query = new URLSearchParams(location.search);
const source = new SyntheticSource(Number(query.get("first") ?? 0), Number(query.get("end") ?? 50_000_000));
const handle = createRef<RowsHandle<SyntheticRow>>();

startTexts("en");

const place = document.getElementById("root");
const root = place && createRoot(place);
const show = (look: RowRenderer<SyntheticRow>) =>
  root?.render(
    <div style={{ display: "flex", height: "100%" }}>
      <Rows
        source={source}
        renderer={look}
        label="Synthetic rows"
        follows={query.has("follows")}
        multiselectable
        handle={handle}
        empty={<p>Nothing here</p>}
        header={
          <div role="row" style={{ height: 24 }}>
            <span role="columnheader">Row</span>
          </div>
        }
        onOpen={(row) => window.test.opened.push(row.ordinal)}
      />
    </div>,
  );

window.test = { source, handle, opened: [], changeLook: () => show({ ...renderer }) };
show(renderer);
