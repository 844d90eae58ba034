import { expect, test } from "vitest";
import { NO_CONNECT_PROPERTIES } from "@/components/mqtt";
import type { Device, Hub, Session } from "@/contract";
import { STRAIGHT } from "../../../tests/items";
import { deviceStates, treeRows } from "./model";

const NO_DETAILS = { preset: null, id_scope: null, service_host: null, policy: null, gateway: null, kaa: null, defaults: null };
const hub = (id: string, name: string): Hub => ({ id, name, kind: "mqtt_broker", host: `${name}.example`, port: 1883, transport: "mqtt", connection: STRAIGHT, ca: null, details: NO_DETAILS, sandbox: false, secrets: [] });
const device = (id: string, hubId: string, name: string): Device => ({
  id,
  hub: hubId,
  name,
  client_id: `client-${id}`,
  credential: { kind: "none" },
  secrets: [],
  certificate: null,
  credential_set: null,
  options: { version: "3.1.1", clean_session: true, keep_alive: 60, max_packet_size: 1_048_576, properties: NO_CONNECT_PROPERTIES, will: null },
});
const session = (id: number, of: string, state: Session["state"]): Session => ({
  id,
  device: of,
  state,
  version: "5",
  tls: null,
  client_id: "c",
  endpoint: "e",
  keep_alive: 60,
  terms: null,
  round_trip: null,
  received: 0,
  sent: 0,
  subscriptions: [],
});

const tree = {
  hubs: [hub("h1", "lab"), hub("h2", "field")],
  devices: [device("d1", "h1", "thermo"), device("d2", "h1", "pump"), device("d3", "h2", "door")],
};
const NONE = new Set<string>();
const names = (rows: ReturnType<typeof treeRows>) => rows.map((row) => (row.kind === "hub" ? row.hub.name : row.device.name));

test("hubs come with their devices, closed ones without", () => {
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "", NONE))).toEqual(["lab", "thermo", "pump", "field", "door"]);
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "", new Set(["h1"])))).toEqual(["lab", "field", "door"]);
});

test("a filter keeps the hubs of what it finds and opens them", () => {
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "PUMP", new Set(["h1"])))).toEqual(["lab", "pump"]);
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "field", NONE))).toEqual(["field", "door"]);
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "lab thermo", NONE))).toEqual(["lab", "thermo"]);
  expect(names(treeRows({ tree, states: {}, tokens: {}, sandboxRuns: false }, "nothing", NONE))).toEqual([]);
});

test("the newest session says a device's state, and live finds it", () => {
  const online = { state: "online", since: 1, session_present: false } as const;
  const states = deviceStates([session(2, "d2", online), session(1, "d2", { state: "idle" })]);
  expect(states.d2).toBe("online");
  const rows = treeRows({ tree, states, tokens: {}, sandboxRuns: false }, "live", NONE);
  expect(names(rows)).toEqual(["lab", "pump"]);
  expect(rows[0]).toMatchObject({ live: 1, devices: 2 });
});

test("the state of a credential finds its devices", () => {
  const rows = treeRows({ tree, states: {}, tokens: { d3: "suspended", d1: "active" }, sandboxRuns: false }, "suspended", NONE);
  expect(names(rows)).toEqual(["field", "door"]);
});
