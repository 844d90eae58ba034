import type { packets as en } from "../en/packets";
import type { Translated } from "../translated";

/** Spur der Pakete. */
export const packets: Translated<typeof en> = {
  title: "Pakete",
  pane: "Steuerpakete von {{name}}",
  list: "Steuerpakete",
  count_one: "{{number}} Zeile",
  count_other: "{{number}} Zeilen",
  bytes: "{{received}} ein, {{sent}} aus",
  columns: { time: "Zeit", direction: "Richtung", kind: "Paket", id: "ID", flags: "Flags", size: "Größe", after: "Nach", what: "Topic, Grund" },
  opened: "Die Beobachtung beginnt hier. Frühere Pakete wurden nicht beobachtet.",
  direction: { in: "ein", out: "aus", hub: "Hub" },
  qos: "QoS {{qos}}",
  dup: "dup",
  retain: "retain",
  unknown: "nicht bekannt",
  clear: "Leeren",
  cleared: "Pakete geleert",
  notCleared: "Die Pakete wurden nicht geleert",
  export: "Als JSON-Zeilen exportieren",
  exported: "{{number}} Pakete in {{file}} geschrieben",
  notExported: "Die Pakete wurden nicht exportiert",
  emptyTitle: "Noch kein Paket",
  emptyText: "Pakete erscheinen, solange dieser Bereich offen ist. Verbinden, senden oder auf einen Ping warten.",
  detail: "Ausgewähltes Paket",
  facts: { time: "Zeit", size: "Größe", id: "Paket-ID", topic: "Topic", reason: "Grund", after: "Antwort nach" },
  sizes: "Größen sind aus dem Inhalt berechnet; bei kürzester Kodierung sind es die auf der Leitung. Passwörter und Payloads stehen nie in dieser Liste.",
};
