/** Texts of activity. */
export const activity = {
  title: "Activity",
  pane: "Activity of {{name}}",
  list: "Events and errors",
  count_one: "{{number}} event",
  count_other: "{{number}} events",
  filter: "Filter events",
  emptyTitle: "Nothing happened yet",
  emptyText: "Connections, refusals, subscriptions and lost messages will be listed here.",
  nothing: "No event matches",
  severity: { info: "info", warning: "warning", error: "error" },
  gap: "gap",
  copy: "Copy",
  copied: "Event copied",
  columns: { time: "Time", severity: "Severity", text: "What happened" },
} as const;
