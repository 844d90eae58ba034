import type { CertificateEntry, CertificateList, CertificateRequest } from "@/contract";
import { isOwnAuthority, nameOf } from "../names";
import { matches, wordsOf } from "./find";
import type { People, Users } from "./people";
import { usersOf } from "./people";

export type Group = "authorities" | "devices" | "requests" | "server";

/** What the table shows in one row. */
export type ListRow =
  | { kind: "group"; key: number; group: Group; count: number; open: boolean }
  | { kind: "certificate"; key: number; entry: CertificateEntry; users: Users; level: number; /** null: nothing is below it. */ open: boolean | null }
  | { kind: "request"; key: number; request: CertificateRequest; level: number };

export type Sort = "name" | "end";

export interface ListLook {
  filter: string;
  sort: Sort;
  /** Groups and CAs that are folded: their names and SHA-256. */
  folded: ReadonlySet<string>;
  /** Unix seconds. */
  now: number;
}

export interface Listed {
  rows: ListRow[];
  /** Certificates and requests that the filter finds. */
  found: number;
}

/** Numbers for groups and SHA-256s: the table knows rows by numbers, and they stay the same while the page lives. */
const numbers = new Map<string, number>();

/** The number of a row by its name: a group, a SHA-256, or a request's id. */
export function keyOf(name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size + 1);
  return numbers.size;
}

/** The rows by groups: own CAs as a tree, devices' certificates, requests, what hubs trust. */
export function listRows(list: CertificateList, people: People, look: ListLook): Listed {
  const words = wordsOf(look.filter);
  const users = usersOf(list.entries, people);
  const found = list.entries.filter((entry) => matches(entry, words, people, look.now));
  const requests = list.requests.filter(({ common_name: name }) => words.every((word) => name.toLowerCase().includes(word)));
  // What is looked for is shown, also below a CA that is folded.
  const isOpen = (name: string) => words.length > 0 || !look.folded.has(name);
  const order = look.sort === "end" ? byEnd : byName;

  const certificate = (entry: CertificateEntry, level: number, open: boolean | null): ListRow => ({
    kind: "certificate",
    key: keyOf(entry.certificate.sha256),
    entry,
    users: users.get(entry.certificate.sha256) ?? { authorities: 0, hubs: [], devices: [] },
    level,
    open,
  });

  const group = (name: Group, count: number, inside: () => ListRow[]): ListRow[] =>
    count === 0 ? [] : [{ kind: "group", key: keyOf(name), group: name, count, open: isOpen(name) }, ...(isOpen(name) ? inside() : [])];

  const own = found.filter(isOwnAuthority).sort(order);
  const devices = found.filter(({ role }) => role === "device").sort(order);
  const servers = found.filter(({ role }) => role === "server").sort(order);
  return {
    found: found.length + requests.length,
    rows: [
      ...group("authorities", own.length, () => treeOf(own, isOpen, certificate)),
      ...group("devices", devices.length, () => devices.map((entry) => certificate(entry, 2, null))),
      ...group("requests", requests.length, () => requests.map((request) => ({ kind: "request", key: keyOf(request.id), request, level: 2 }))),
      ...group("server", servers.length, () => servers.map((entry) => certificate(entry, 2, null))),
    ],
  };
}

/** CAs, each with those below it; one whose issuer is not among them stands at the top. */
function treeOf(
  own: readonly CertificateEntry[],
  isOpen: (name: string) => boolean,
  row: (entry: CertificateEntry, level: number, open: boolean | null) => ListRow,
): ListRow[] {
  const known = new Set(own.map(({ certificate }) => certificate.sha256));
  const below = new Map<string | null, CertificateEntry[]>();
  for (const entry of own) {
    const above = entry.issued_by !== null && entry.issued_by !== entry.certificate.sha256 && known.has(entry.issued_by) ? entry.issued_by : null;
    below.set(above, [...(below.get(above) ?? []), entry]);
  }
  const branch = (above: string | null, level: number): ListRow[] =>
    (below.get(above) ?? []).flatMap((entry) => {
      const { sha256 } = entry.certificate;
      const open = below.has(sha256) ? isOpen(sha256) : null;
      return [row(entry, level, open), ...(open === true ? branch(sha256, level + 1) : [])];
    });
  return branch(null, 2);
}

function byName(a: CertificateEntry, b: CertificateEntry): number {
  return nameOf(a.certificate).localeCompare(nameOf(b.certificate), undefined, { numeric: true });
}

function byEnd(a: CertificateEntry, b: CertificateEntry): number {
  return a.certificate.not_after - b.certificate.not_after;
}
