import type { activity as en } from "../en/activity";
import type { Translated } from "../translated";

/** Aktivität. */
export const activity: Translated<typeof en> = {
  title: "Aktivität",
  pane: "Aktivität von {{name}}",
  list: "Ereignisse und Fehler",
  count_one: "{{number}} Ereignis",
  count_other: "{{number}} Ereignisse",
  filter: "Ereignisse filtern",
  emptyTitle: "Noch ist nichts geschehen",
  emptyText: "Hier erscheinen Verbindungen, Ablehnungen, Abonnements und verlorene Nachrichten.",
  nothing: "Kein Ereignis passt",
  severity: { info: "Info", warning: "Warnung", error: "Fehler" },
  gap: "Lücke",
  copy: "Kopieren",
  clear: "Aktivität dieses Geräts leeren",
  cleared: "Aktivität geleert",
  notCleared: "Die Aktivität wurde nicht geleert",
  copied: "Ereignis kopiert",
  columns: { time: "Zeit", severity: "Stufe", text: "Was geschah" },
};
