/** The group and the filter of a shared subscription, `$share/GROUP/FILTER`; any other filter has no group. */
export function splitShared(filter: string): { group: string; filter: string } {
  const match = /^\$share\/([^/]*)\/(.*)$/s.exec(filter);
  return match === null ? { group: "", filter } : { group: match[1] ?? "", filter: match[2] ?? "" };
}

/** The filter that is subscribed to. */
export function joinShared(group: string, filter: string): string {
  return group === "" ? filter : `$share/${group}/${filter}`;
}
