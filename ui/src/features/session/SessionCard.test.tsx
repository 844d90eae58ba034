import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Session, Terms } from "@/contract";
import { deviceItem, hubItem } from "../../../tests/items";
import { Greeted, renderOn, testPlatform } from "../../../tests/platform";
import { SessionCard } from "./SessionCard";

const TERMS: Terms = {
  assigned_client_id: "auto-17",
  keep_alive: 20,
  session_expiry: null,
  max_packet_size: null,
  receive_maximum: 10,
  topic_alias_maximum: 0,
  maximum_qos: 1,
  retained_messages: false,
  wildcard_subscriptions: true,
  subscription_identifiers: true,
  shared_subscriptions: true,
  response_information: null,
  server_reference: "other.example",
  reason: null,
  user_properties: [],
};

const session = (part: Partial<Session>): Session => ({
  id: 1,
  device: "d",
  state: { state: "online", since: 0, session_present: true },
  version: "5",
  tls: null,
  client_id: "",
  unverified: false,
  endpoint: "ws://lab.example:80/mqtt",
  keep_alive: 60,
  terms: TERMS,
  round_trip: null,
  received: 0,
  sent: 0,
  subscriptions: [],
  ...part,
});

function fact(name: string): string | undefined {
  return screen.getByText(name).parentElement?.querySelector("dd")?.textContent ?? undefined;
}

test("what the hub set and granted is shown, and what it left out is not told", async () => {
  renderOn(testPlatform(), <SessionCard onDiagnose={() => undefined} device={deviceItem()} hub={hubItem({ transport: "ws" })} session={session({})} />);
  await screen.findByText("ws://lab.example:80/mqtt");
  expect(fact("Client ID")).toBe("auto-17given by the hub");
  expect(fact("Keep alive")).toBe("20 sset by the hub; 60 s asked for");
  expect(fact("Stored session")).toBe("kept by the hub");
  await userEvent.setup().click(screen.getByText("What the hub can do"));
  expect(fact("Highest QoS")).toBe("1");
  expect(fact("Largest packet")).toBe("not told");
  expect(fact("At once")).toBe("10 with QoS 1 and 2");
  expect(fact("Retained messages")).toBe("no");
  expect(fact("Other server")).toBe("other.example");
});

test("MQTT 3.1.1 tells nothing", async () => {
  renderOn(testPlatform(), <Greeted><SessionCard onDiagnose={() => undefined} device={deviceItem()} hub={hubItem()} session={session({ version: "3.1.1", terms: null })} /></Greeted>);
  await screen.findByText("MQTT 3.1.1 does not tell.");
});
