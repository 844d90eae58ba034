import type { settings as en } from "../en/settings";
import type { Translated } from "../translated";

/** Seite der Einstellungen. */
export const settings: Translated<typeof en> = {
  title: "Einstellungen",
  appearance: "Darstellung",
  theme: "Farbschema",
  system: "System",
  light: "Hell",
  dark: "Dunkel",
  workspace: "Arbeitsbereich",
  location: "Ordner",
  about: "Über Hubscope",
  version: "Version",
  shell: "Läuft in",
  shells: { desktop: "Desktop-App", web: "Browser, bereitgestellt von hubscope-cli", command_line: "Befehlszeile" },
};
