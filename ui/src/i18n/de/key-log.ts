import type { keyLog as en } from "../en/key-log";
import type { Translated } from "../translated";

/** Die Datei der TLS-Schlüssel. */
export const keyLog: Translated<typeof en> = {
  on: "TLS-Schlüssel werden geschrieben",
  onText: "Schlüssel neuer Verbindungen kommen in {{file}}. Wer diese Datei hat, kann einen Mitschnitt davon lesen, auch Passwörter.",
  failed: "Die Datei {{file}} lässt sich nicht mehr schreiben.",
  start: "TLS-Schlüssel in Datei schreiben…",
  stop: "TLS-Schlüssel nicht mehr schreiben",
  desktopOnly: "Nur die Desktop-App kann TLS-Schlüssel in eine Datei schreiben.",
  notStarted: "TLS-Schlüssel werden nicht geschrieben",
  notStopped: "TLS-Schlüssel werden weiter geschrieben",
};
