import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useLive } from "@/live";
import { deviceItem, hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { Frame } from "./Frame";

/** The gate shows the frame once the engine has said hello. */
function Ready() {
  return useLive().welcome === null ? null : <Frame />;
}

test("Paste… in the menu opens the ways to begin with the focus in the box, also when they are open already", async () => {
  renderOn(
    testPlatform({ "tree.get": () => ({ hubs: [hubItem()], devices: [deviceItem()] }), "token.list": () => ({ statuses: [] }) }),
    <Ready />,
  );
  const user = userEvent.setup();
  for (let time = 0; time < 2; time += 1) {
    await user.click((await screen.findAllByRole("button", { name: "Add a hub" }))[0] as HTMLElement);
    await user.click(await screen.findByRole("menuitem", { name: /Paste…/ }));
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Pasted text" }));
  }
});
