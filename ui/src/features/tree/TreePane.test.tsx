import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { TreeLayout } from "@/contract";
import { deviceItem, hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { TreePane } from "./TreePane";

const LAYOUT: TreeLayout = { folders: [{ id: "f", hub: "h", name: "ovens" }], hub_folders: {}, device_folders: { b: "f" }, folded: ["f"] };

function show(answers: Parameters<typeof testPlatform>[0] = {}) {
  const nothing = () => undefined;
  const platform = testPlatform({
    "tree.get": () => ({ hubs: [hubItem()], devices: ["a", "b", "c"].map((name) => deviceItem({ id: name, name, client_id: `bore-${name}` })) }),
    "tree.layout": () => LAYOUT,
    "token.list": () => ({ statuses: [] }),
    "tree.move": () => ({ undo: 1 }),
    "tree.fold": () => ({}),
    "tree.duplicate": ({ item }) => item,
    "folder.save": (draft) => ({ id: "new", hub: draft.hub, name: draft.name }),
    "folder.delete": () => ({ undo: 2 }),
    ...answers,
  });
  renderOn(
    platform,
    <TreePane
      selected={null}
      credentials={{ pillOf: () => null, nameOf: () => null }}
      addKeys="Ctrl N"
      onOpen={nothing}
      onOpenWindow={nothing}
      onAddHub={nothing}
      onEditHub={nothing}
      onHubSas={nothing}
      onAddDevice={nothing}
      onEditDevice={nothing}
      onStartPage={nothing}
      onPaste={nothing}
    />,
  );
  const called = (name: string) => platform.calls.filter((call) => call.name === name).map((call) => call.request);
  return { platform, called };
}

const names = () => screen.getAllByRole("treeitem").map((item) => item.getAttribute("aria-label"));

test("folds are as stored, and are stored again", async () => {
  const { called } = show();
  await screen.findByRole("treeitem", { name: /^ovens/ });
  expect(names().map((name) => name?.split(",")[0])).toEqual(["lab", "ovens", "a", "c"]);
  const tree = screen.getByRole("tree");
  tree.focus();
  const user = userEvent.setup();
  await user.keyboard("{ArrowDown}{ArrowRight}");
  await screen.findByRole("treeitem", { name: /^b,/ });
  expect(called("tree.fold")).toEqual([{ item: { item: "folder", folder: "f" }, folded: false }]);
});

test("Alt and an arrow move a device, Delete a folder, with undo", async () => {
  const { called } = show();
  await screen.findByRole("treeitem", { name: /^ovens/ });
  const tree = screen.getByRole("tree");
  tree.focus();
  fireEvent.keyDown(tree, { key: "End" });
  fireEvent.keyDown(tree, { key: "ArrowUp", altKey: true });
  expect(called("tree.move")).toEqual([{ item: { item: "device", device: "c" }, folder: null, before: { item: "device", device: "a" } }]);
  fireEvent.keyDown(tree, { key: "Home" });
  fireEvent.keyDown(tree, { key: "ArrowDown" });
  fireEvent.keyDown(tree, { key: "Delete" });
  const toast = await screen.findByRole("group", { name: "Deleted folder ovens" });
  within(toast).getByRole("button", { name: /^Undo/ });
});

test("a device is copied without its secrets unless that is chosen, and moved into a folder by a dialog", async () => {
  const { called } = show();
  const user = userEvent.setup();
  const row = await screen.findByRole("treeitem", { name: /^a,/ });
  // The third row, by its place: jsdom lays nothing out.
  const third = { clientY: 60 };
  fireEvent.click(row, third);
  fireEvent.contextMenu(row, third);
  await user.click(await screen.findByRole("menuitem", { name: "Duplicate without secrets" }));
  await waitFor(() => expect(called("tree.duplicate")).toEqual([{ item: { item: "device", device: "a" }, secrets: false }]));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  fireEvent.contextMenu(screen.getByRole("treeitem", { name: /^a,/ }), third);
  await user.click(await screen.findByRole("menuitem", { name: /^Move to folder/ }));
  await user.click(await screen.findByRole("combobox", { name: "Folder" }));
  await user.click(await screen.findByRole("option", { name: "ovens" }));
  await user.click(screen.getByRole("button", { name: /^Move/ }));
  await waitFor(() => expect(called("tree.move")).toEqual([{ item: { item: "device", device: "a" }, folder: "f", before: null }]));
});

test("the filter says how much it finds", async () => {
  show();
  const user = userEvent.setup();
  await user.type(await screen.findByRole("textbox", { name: "Filter devices" }), "bore");
  await screen.findByText("3 of 3 devices");
  await user.type(screen.getByRole("textbox", { name: "Filter devices" }), "-c");
  await screen.findByText("1 of 3 devices");
});
