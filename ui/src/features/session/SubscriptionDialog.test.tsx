import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { NO_OPTIONS } from "@/components/mqtt";
import type { Device, Hub, Subscription, SubscriptionDraft } from "@/contract";
import { deviceItem, hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { joinShared, splitShared } from "./shared";
import { SubscriptionDialog } from "./SubscriptionDialog";

const STORED: Subscription = { id: "s", device: "d", filter: "$share/team/lab/#", qos: 2, colour: 3, alias: null, enabled: true, options: { ...NO_OPTIONS, identifier: 7 } };

function show(hub: Hub, device: Device, subscription: Subscription | null) {
  const platform = testPlatform({ "subscription.save": () => STORED });
  renderOn(platform, <SubscriptionDialog device={device} hub={hub} defaultQos={0} subscription={subscription} confirmKeys="Ctrl Enter" onClose={() => undefined} />);
  return () => platform.calls.findLast(({ name }) => name === "subscription.save")?.request as SubscriptionDraft;
}

test("a shared subscription is a group and a filter, and keeps its options", async () => {
  const sent = show(hubItem(), deviceItem(), STORED);
  const user = userEvent.setup();
  expect(await screen.findByRole("textbox", { name: "Topic filter" })).toHaveProperty("value", "lab/#");
  expect(screen.getByRole("textbox", { name: /^Share group/ })).toHaveProperty("value", "team");
  // A member of a group gets also what it published itself.
  expect(screen.getByRole("checkbox", { name: "What this device publishes does not come back." }).getAttribute("aria-disabled")).toBe("true");
  await user.click(screen.getByRole("radio", { name: "Only if new" }));
  await user.click(screen.getByRole("checkbox", { name: "Messages keep their retain flag." }));
  await user.click(screen.getByRole("button", { name: /Save/ }));
  await waitFor(() =>
    expect(sent()).toMatchObject({ filter: "$share/team/lab/#", qos: 2, options: { no_local: false, retain_as_published: true, retained: "if_new", identifier: 7 } }),
  );
});

test("on MQTT 3.1.1 there are no options, and Azure grants no QoS 2", async () => {
  const old = deviceItem({ options: { ...deviceItem().options, version: "3.1.1" } });
  show(hubItem({ kind: "azure_iot_hub" }), old, null);
  const two = await screen.findByRole("radio", { name: "2" });
  expect(two.getAttribute("aria-disabled")).toBe("true");
  expect(screen.queryByText("MQTT 5 options")).toBeNull();
  expect(screen.queryByRole("textbox", { name: /^Share group/ })).toBeNull();
});

test.each(["lab/#", "$share/team/lab/#", "$share/team", ""])("%j is split and joined without loss", (filter) => {
  const split = splitShared(filter);
  expect(joinShared(split.group, split.filter)).toBe(filter);
});
