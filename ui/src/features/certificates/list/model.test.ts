import { expect, test } from "vitest";
import { texts } from "@/i18n";
import { certificateEntry, deviceItem, hubItem, sha256Of } from "../../../../tests/items";
import { listRows, type ListLook, type ListRow } from "./model";
import { peopleOf, usersOf } from "./people";
import { timeLeft, usedBy } from "./words";

const NOW = 1_795_100_000;
const DAY = 86_400;
const PEOPLE = peopleOf({ hubs: [hubItem({ id: "p", name: "acme-prod" }), hubItem({ id: "v", name: "acme-dev" })], devices: [deviceItem({ id: "d1", hub: "p", name: "pump" }), deviceItem({ id: "d2", hub: "v", name: "press" })] });

const ENTRIES = [
  certificateEntry("Root", { role: "root", issued_by: sha256Of("Root") }, { self_signed: true }),
  certificateEntry("Factory", { role: "issuing", issued_by: sha256Of("Root"), hubs: [{ hub: "v", trusts: false, possession: null }] }),
  certificateEntry("edge-10", { issued_by: sha256Of("Factory"), devices: ["d1"] }, { not_after: NOW + 3 * DAY }),
  certificateEntry("edge-9", { issued_by: sha256Of("Factory"), devices: ["d2"] }, { not_after: NOW + 300 * DAY }),
  certificateEntry("Site B", { role: "server", hubs: [{ hub: "p", trusts: true, possession: null }] }),
];

function shown(look: Partial<ListLook> = {}) {
  const list = { entries: ENTRIES, requests: [{ id: "r", common_name: "cam", key: "P-256", pem: "", created: 0, has_key: true }] };
  return listRows(list, PEOPLE, { filter: "", sort: "name", folded: new Set(), now: NOW, ...look });
}

const names = (rows: readonly ListRow[]) => rows.map((row) => (row.kind === "group" ? `${row.group} ${row.count}` : row.kind === "request" ? row.request.common_name : `${"  ".repeat(row.level - 2)}${row.entry.certificate.common_name}`));

test("CAs are a tree, the rest is below its group by name", () => {
  expect(names(shown().rows)).toEqual(["authorities 2", "Root", "  Factory", "devices 2", "edge-9", "edge-10", "requests 1", "cam", "server 1", "Site B"]);
});

test("a CA that was renewed stays in the tree; what it issued is below the newest, and counts there", () => {
  const replaced = { replaced_by: sha256Of("new") };
  const entries = [
    certificateEntry("Root", { role: "root", ...replaced }, { self_signed: true, sha256: "01" }),
    certificateEntry("Root", { role: "root" }, { self_signed: true, sha256: "02" }),
    certificateEntry("Line", { role: "issuing", issued_by: "02", ...replaced }, { sha256: "03" }),
    certificateEntry("Line", { role: "issuing", issued_by: "02" }, { sha256: "04" }),
    certificateEntry("pump", { issued_by: "04", devices: ["d1"] }),
  ];
  const { rows } = listRows({ entries, requests: [] }, PEOPLE, { filter: "", sort: "name", folded: new Set(), now: NOW });
  const tree = rows.flatMap((row) => (row.kind === "certificate" ? [[row.entry.certificate.sha256.slice(0, 2), row.level, usedBy(texts.t, row.entry, row.users, PEOPLE)]] : []));
  expect(tree.slice(0, 4)).toEqual([["01", 2, "not used"], ["02", 2, "1 CA"], ["03", 3, "not used"], ["04", 3, "1 device"]]);
});

test("by time left, the one that ends next comes first", () => {
  expect(names(shown({ sort: "end" }).rows).slice(3, 6)).toEqual(["devices 2", "edge-10", "edge-9"]);
});

test("what is folded is not there, and is found by the filter all the same", () => {
  const folded = new Set([sha256Of("Root"), "devices"]);
  expect(names(shown({ folded }).rows)).toEqual(["authorities 2", "Root", "devices 2", "requests 1", "cam", "server 1", "Site B"]);
  expect(names(shown({ folded, filter: sha256Of("Factory").slice(0, 14) }).rows)).toEqual(["authorities 1", "Factory"]);
});

test.each([
  ["press", ["devices 1", "edge-9"]],
  ["acme-prod", ["server 1", "Site B"]],
  ["soon", ["devices 1", "edge-10"]],
  [`${sha256Of("edge-9").slice(0, 2)}:${sha256Of("edge-9").slice(2, 12)} p-256`, ["devices 1", "edge-9"]],
  ["nothing", []],
])("%s finds %j", (filter, found) => {
  expect(names(shown({ filter }).rows)).toEqual(found);
});

test("rows keep their numbers when they are sorted anew", () => {
  const keys = (sort: ListLook["sort"]) => new Map(shown({ sort }).rows.map((row) => [names([row])[0], row.key]));
  expect(keys("end")).toEqual(keys("name"));
});

test("who uses a certificate is said in few words", () => {
  const users = usersOf(ENTRIES, PEOPLE);
  const words = ENTRIES.map((entry) => usedBy(texts.t, entry, users.get(entry.certificate.sha256) ?? { authorities: 0, hubs: [], devices: [] }, PEOPLE));
  expect(words).toEqual(["1 CA", "acme-dev, 2 devices", "acme-prod", "acme-dev", "acme-prod"]);
});

test.each([
  [{}, {}, "ok", "300 d"],
  [{}, { not_after: NOW + 12 * DAY }, "warn", "12 d"],
  [{}, { not_after: NOW + 3 * DAY }, "bad", "3 d"],
  [{}, { not_after: NOW - 41 * DAY }, "bad", "expired 41 d"],
  [{ replaced_by: "x" }, {}, "over", "replaced"],
  [{ revoked: { at: 1, reason: "superseded" as const } }, {}, "bad", "revoked"],
  [{}, { not_before: NOW + DAY }, "warn", "not valid yet"],
])("%j %j is told as %s, %s", (part, certificate, tone, words) => {
  const entry = certificateEntry("x", part, { not_before: NOW - DAY, not_after: NOW + 300 * DAY, ...certificate });
  expect(timeLeft(texts.t, entry, NOW)).toMatchObject({ tone, words });
});

test("a thousand and more are listed", () => {
  const entries = Array.from({ length: 5_000 }, (_, at) => certificateEntry(`bulk-${at}`));
  const { rows } = listRows({ entries, requests: [] }, PEOPLE, { filter: "", sort: "name", folded: new Set(), now: NOW });
  expect(names(rows.slice(0, 3))).toEqual(["devices 5000", "bulk-0", "bulk-1"]);
});
