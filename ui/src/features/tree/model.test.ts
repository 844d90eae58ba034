import { expect, test } from "vitest";
import type { Device, Hub, Session, Tree, TreeLayout } from "@/contract";
import { CERTIFICATE, deviceItem, hubItem } from "../../../tests/items";
import { deviceStates, treeRows, type TreeSource, type TreeView } from "./model";
import { nameOf } from "./keys";

const hub = (id: string, name: string): Hub => hubItem({ id, name, host: `${name}.example` });
const device = (id: string, hubId: string, name: string, part: Partial<Device> = {}): Device => deviceItem({ id, hub: hubId, name, client_id: `client-${id}`, ...part });
const session = (id: number, of: string, state: Session["state"]): Session => ({
  id,
  device: of,
  state,
  version: "5",
  tls: null,
  client_id: "c",
  endpoint: "e",
  unverified: false,
  keep_alive: 60,
  terms: null,
  round_trip: null,
  received: 0,
  sent: 0,
  subscriptions: [],
});

const NOW = 1_800_000_000;
const DAY = 86_400;
const NO_LAYOUT: TreeLayout = { folders: [], hub_folders: {}, device_folders: {}, folded: [] };
const tree: Tree = {
  hubs: [hub("h1", "lab"), hub("h2", "field")],
  devices: [
    device("d1", "h1", "thermo", { certificate: { ...CERTIFICATE, not_after: NOW + 20 * DAY } }),
    device("d2", "h1", "pump"),
    device("d3", "h2", "door", { certificate: { ...CERTIFICATE, not_after: NOW + 90 * DAY } }),
  ],
};
const SOURCE: TreeSource = { tree, layout: NO_LAYOUT, states: {}, tokens: {}, sandboxRuns: false };
const VIEW: TreeView = { filter: "", now: NOW, closed: new Set(), shown: new Map() };
const rows = (view: Partial<TreeView> = {}, source: Partial<TreeSource> = {}) => treeRows({ ...SOURCE, ...source }, { ...VIEW, ...view });
const names = (view: Partial<TreeView> = {}, source: Partial<TreeSource> = {}) => rows(view, source).rows.map(nameOf);

test("hubs come with their devices, closed ones without", () => {
  expect(names()).toEqual(["lab", "thermo", "pump", "field", "door"]);
  expect(names({ closed: new Set(["h1"]) })).toEqual(["lab", "field", "door"]);
});

test("a filter keeps the hubs of what it finds, opens them and counts", () => {
  expect(names({ filter: "PUMP", closed: new Set(["h1"]) })).toEqual(["lab", "pump"]);
  expect(names({ filter: "field" })).toEqual(["field", "door"]);
  expect(names({ filter: "lab thermo" })).toEqual(["lab", "thermo"]);
  expect(rows({ filter: "nothing" })).toEqual({ rows: [], found: 0, total: 3 });
  expect(rows({ filter: "o" })).toMatchObject({ found: 2, total: 3 });
});

test("the newest session says a device's state, and live finds it", () => {
  const online = { state: "online", since: 1, session_present: false } as const;
  const states = deviceStates([session(2, "d2", online), session(1, "d2", { state: "idle" })]);
  expect(states.d2).toBe("online");
  const found = rows({ filter: "live" }, { states });
  expect(found.rows.map(nameOf)).toEqual(["lab", "pump"]);
  expect(found.rows[0]).toMatchObject({ live: 1, devices: 2 });
});

test("the state of a credential and the end of a certificate find their devices, together with words too", () => {
  expect(names({ filter: "suspended" }, { tokens: { d3: "suspended", d1: "active" } })).toEqual(["field", "door"]);
  expect(names({ filter: "cert < 30d" })).toEqual(["lab", "thermo"]);
  expect(names({ filter: "cert<1y" })).toEqual(["lab", "thermo", "field", "door"]);
  expect(names({ filter: "cert < 1y door" })).toEqual(["field", "door"]);
  expect(names({ filter: "cert < 2h" })).toEqual([]);
});

test("folders come first, hold hubs or devices of one hub, and close by themselves", () => {
  const layout: TreeLayout = {
    folders: [
      { id: "f1", hub: null, name: "factory" },
      { id: "f2", hub: "h1", name: "ovens" },
      { id: "f3", hub: "h2", name: "empty" },
    ],
    hub_folders: { h1: "f1" },
    device_folders: { d2: "f2" },
    folded: [],
  };
  const open = rows({}, { layout });
  expect(open.rows.map((row) => `${row.level} ${nameOf(row)}`)).toEqual(["1 factory", "2 lab", "3 ovens", "4 pump", "3 thermo", "1 field", "2 empty", "2 door"]);
  expect(names({ closed: new Set(["f2"]) }, { layout })).toEqual(["factory", "lab", "ovens", "thermo", "field", "empty", "door"]);
  expect(names({ closed: new Set(["f1"]) }, { layout })).toEqual(["factory", "field", "empty", "door"]);
  expect(names({ filter: "pump", closed: new Set(["f1", "f2"]) }, { layout })).toEqual(["factory", "lab", "ovens", "pump"]);
});

test("a hub of 10,000 devices shows a page of them and what is left; the filter looks at all", () => {
  const many: Tree = { hubs: [hub("h1", "lab")], devices: Array.from({ length: 10_000 }, (_, at) => device(`d${at}`, "h1", `node-${at}`)) };
  const first = rows({}, { tree: many });
  expect(first.rows).toHaveLength(102);
  expect(first.rows.at(-1)).toMatchObject({ kind: "more", parent: "h1", hidden: 9_900 });
  expect(rows({ shown: new Map([["h1", 200]]) }, { tree: many }).rows).toHaveLength(202);
  expect(names({ filter: "node-9999" }, { tree: many })).toEqual(["lab", "node-9999"]);
});
