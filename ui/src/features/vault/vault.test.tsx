import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { VaultLevel, WorkspaceInfo } from "@/contract";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { UnlockScreen, VaultBanner } from "./index";

const info = (vault: VaultLevel): WorkspaceInfo => ({ state: { state: "ready" }, location: "/home/someone", vault });

test("a wrong passphrase is said and does not stay in the box", async () => {
  const platform = testPlatform({ "vault.unlock": () => Promise.reject(refusal({ code: "wrong_passphrase" })) });
  renderOn(platform, <UnlockScreen onSkip={() => undefined} />);
  const box = screen.getByLabelText<HTMLInputElement>("Passphrase");
  expect(document.activeElement).toBe(box);
  await userEvent.type(box, "correct horse{Enter}");
  await screen.findByText("The passphrase is not the right one.");
  expect(platform.calls.at(-1)).toEqual({ name: "vault.unlock", request: { passphrase: "correct horse" } });
  expect(box.value).toBe("");
});

test("a keychain out of reach is named and asked again", async () => {
  const platform = testPlatform({
    "workspace.get": () => info({ level: "unreachable", reason: { template: "locked", args: {} } }),
    "vault.retry": () => info({ level: "os_store" }),
  });
  renderOn(platform, <VaultBanner />);
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText("The OS keychain answered. The vault is open.");
});

test("secrets in memory can be put under a passphrase that was typed twice the same", async () => {
  const platform = testPlatform({
    "workspace.get": () => info({ level: "memory", reason: { template: "no secret service", args: {} } }),
    "vault.set_passphrase": () => info({ level: "passphrase" }),
  });
  renderOn(platform, <VaultBanner />);
  const user = userEvent.setup();
  const sent = () => platform.calls.filter(({ name }) => name === "vault.set_passphrase");
  await user.click(await screen.findByRole("button", { name: "Use a passphrase…" }));
  await user.click(screen.getByRole("button", { name: "Make a new one" }));
  const made = screen.getByLabelText<HTMLInputElement>("New passphrase");
  expect(made.type).toBe("text");
  expect(made.value).toMatch(/^[A-Za-z0-9]{24}$/);
  await user.clear(made);
  await user.type(screen.getByLabelText("New passphrase"), "correct horse");
  await user.type(screen.getByLabelText("Again"), "correct hors");
  await user.click(screen.getByRole("button", { name: "Use passphrase" }));
  expect(sent()).toHaveLength(0);
  await user.type(screen.getByLabelText("Again"), "e");
  await user.click(screen.getByRole("button", { name: "Use passphrase" }));
  await waitFor(() => expect(sent()).toEqual([{ name: "vault.set_passphrase", request: { current: null, new: "correct horse" } }]));
});

test("a damaged vault says what is lost, what is not, and starts anew under a new passphrase", async () => {
  const platform = testPlatform({
    "workspace.get": () => info({ level: "damaged" }),
    "vault.set_passphrase": () => info({ level: "passphrase" }),
  });
  renderOn(platform, <VaultBanner />);
  await screen.findByText("The vault is damaged.");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "New passphrase…" }));
  await screen.findByText(/A new vault takes the damaged one's place/);
});

test("a vault of a newer version is not to be changed here", async () => {
  renderOn(testPlatform({ "workspace.get": () => info({ level: "newer" }) }), <VaultBanner />);
  await screen.findByText("A newer version of Hubscope locked the vault.");
  expect(screen.queryByRole("button")).toBeNull();
});
