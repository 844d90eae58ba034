import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { focusFilter, focusPane, rememberPaneFocus } from "./panes";

function Panes() {
  return (
    <>
      <nav data-pane="">
        <button>rail one</button>
        <button>rail two</button>
      </nav>
      <aside data-pane="">
        <input aria-label="tree filter" data-pane-filter="" />
        <button data-pane-start="">tree</button>
      </aside>
      <div data-pane="" />
      <footer data-pane="">
        <button>status</button>
      </footer>
    </>
  );
}

test("F6 goes round, skips what is empty and comes back to where it was", () => {
  render(<Panes />);
  const stop = rememberPaneFocus();
  screen.getByText("rail two").focus();
  focusPane(1);
  expect(document.activeElement).toBe(screen.getByText("tree"));
  focusPane(1);
  expect(document.activeElement).toBe(screen.getByText("status"));
  focusPane(1);
  expect(document.activeElement).toBe(screen.getByText("rail two"));
  focusPane(-1);
  expect(document.activeElement).toBe(screen.getByText("status"));
  stop();
});

test("/ focuses the filter of this pane, or the first one", () => {
  render(<Panes />);
  screen.getByText("status").focus();
  expect(focusFilter()).toBe(true);
  expect(document.activeElement).toBe(screen.getByLabelText("tree filter"));
});
