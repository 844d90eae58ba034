import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useLive } from "@/live";
import { report, run } from "../../../tests/diagnose";
import { deviceItem, hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { Frame } from "./Frame";

const UNREACHED = { state: "not_reached", micros: null } as const;
const REFUSED = report({
  open_port: { state: "failed", cause: "connection_refused", fixes: [{ fix: "change_port" }, { fix: "run_again" }] },
  tls_handshake: UNREACHED,
  connect: UNREACHED,
  subscribe: UNREACHED,
  publish: UNREACHED,
  echo: UNREACHED,
});

function Ready() {
  return useLive().welcome === null ? null : <Frame />;
}

test("Ctrl D diagnoses; a fix opens the form at its field, and saving leads back to a new run", async () => {
  const platform = testPlatform({
    "tree.get": () => ({ hubs: [hubItem()], devices: [deviceItem()] }),
    "token.list": () => ({ statuses: [] }),
    "desk.get": () => ({ tabs: ["d"], current: "d", recent: [] }),
    "hub.presets": () => ({ presets: [] }),
    "hub.save": () => hubItem({ port: 8884 }),
    "diagnose.start": () => ({ job: 1, run: "r" }),
    "diagnose.list": () => ({ runs: [] }),
    "diagnose.get": ({ run: id }) => run(id, REFUSED),
  });
  Element.prototype.scrollIntoView = () => undefined;
  renderOn(platform, <Ready />);
  const user = userEvent.setup();
  const starts = () => platform.calls.filter(({ name }) => name === "diagnose.start").length;
  await screen.findByRole("heading", { name: /bench/ });
  await user.keyboard("{Control>}d{/Control}");
  await screen.findByRole("heading", { name: "Nothing listens on this port" });
  expect(starts()).toBe(1);

  await user.click(screen.getByRole("button", { name: "Change port…" }));
  const form = await screen.findByRole("dialog", { name: "Edit lab" });
  const port = within(form).getByLabelText("Port");
  await waitFor(() => expect(document.activeElement).toBe(port));
  await user.keyboard("{Escape}");
  // Given up: back to what was found, and nothing runs anew.
  await screen.findByRole("dialog", { name: "Diagnose bench" });
  expect(starts()).toBe(1);

  await user.click(await screen.findByRole("button", { name: "Run Diagnose" }));
  await user.click(await screen.findByRole("button", { name: "Change port…" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Edit lab" })).getByRole("button", { name: /Save/ }));
  await screen.findByRole("dialog", { name: "Diagnose bench" });
  await waitFor(() => expect(starts()).toBe(3));
});
