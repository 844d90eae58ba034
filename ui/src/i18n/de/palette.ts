import type { palette as en } from "../en/palette";
import type { Translated } from "../translated";

/** Befehlspalette. */
export const palette: Translated<typeof en> = {
  field: "Geräte, Topics, Aktionen",
  name: "Befehlspalette",
  placeholder: "Gerät, Hub, Topic, Aktion oder Einstellung eingeben",
  results: "Ergebnisse",
  nothing: "Nichts passt. Weniger Buchstaben finden mehr.",
  help: "Auf und Ab wählen, Enter führt aus, Esc schließt.",
  recent: "zuletzt",
  kinds: { action: "Aktion", device: "Gerät", hub: "Hub", topic: "Topic", certificate: "Zertifikat", setting: "Einstellung" },
};
