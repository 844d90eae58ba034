import type { workspace as en } from "../en/workspace";
import type { Translated } from "../translated";

/** Zustand des Arbeitsbereichs. */
export const workspace: Translated<typeof en> = {
  notices: "Hinweise",
  newer: "Dieser Arbeitsbereich stammt von einem neueren Hubscope",
  newerText: "Sein Format ist {{found}}, dieses Hubscope kennt bis {{known}}. Nichts wurde geändert. Das neuere Hubscope starten oder die Datei wegbewegen, um neu zu beginnen.",
  damaged: "Der Arbeitsbereich ist beschädigt",
  damagedText: "Er wurde nicht geöffnet, und nichts wurde geändert. Eine Kopie der Datei zurücklegen oder sie wegbewegen, um neu zu beginnen.",
  unusable: "Der Arbeitsbereich lässt sich nicht öffnen",
  unusableText: "Hubscope kann seine Datei nicht lesen oder schreiben. Prüfen, ob der Ordner existiert und beschreibbar ist, dann Hubscope neu starten.",
  folder: "Ordner",
  said: "Grund",
  readOnly: "Nur lesen.",
  readOnlyText: "Ein anderes Programm nutzt den Arbeitsbereich ({{holder}}). Hubs und Geräte lassen sich hier nicht ändern.",
};
