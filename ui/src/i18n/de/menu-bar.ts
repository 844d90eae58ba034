import type { menuBar as en } from "../en/menu-bar";
import type { Translated } from "../translated";

/** Menüleiste des Systems. */
export const menuBar: Translated<typeof en> = {
  file: "Datei",
  edit: "Bearbeiten",
  view: "Ansicht",
  device: "Gerät",
  window: "Fenster",
  help: "Hilfe",
  system: {
    cut: "Ausschneiden",
    copy: "Kopieren",
    paste: "Einfügen",
    select_all: "Alles auswählen",
    hide: "Hubscope ausblenden",
    hide_others: "Andere ausblenden",
    show_all: "Alle einblenden",
    minimize: "Minimieren",
    quit: "Beenden",
  },
};
