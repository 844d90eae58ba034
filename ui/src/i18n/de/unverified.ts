import type { unverified as en } from "../en/unverified";
import type { Translated } from "../translated";

/** Eine Sitzung, deren Server einmal nicht geprüft wurde. */
export const unverified: Translated<typeof en> = {
  mark: "ungeprüft",
  name: "Server ungeprüft",
  note: "Der Server dieser Sitzung wurde nicht geprüft.",
  noteText: "Am anderen Ende kann jeder sein. Sie verbindet sich nicht von selbst erneut.",
  otherWays: "Andere Wege",
  open: "Einmal ohne Prüfung verbinden…",
  title: "Einmal verbinden, ohne den Server zu prüfen",
  text: "Hubscope spricht dann dieses eine Mal mit allem, was unter {{endpoint}} antwortet. Wer dazwischen sitzt, könnte jede Nachricht lesen und ändern. Nichts davon wird gespeichert, und es verbindet sich nicht von selbst erneut.",
  marked: "Tab, Baum und Sitzung bleiben rot markiert, solange sie dauert.",
  connect: "Ohne Prüfung verbinden",
  credentialsTitle: "Auch die Zugangsdaten senden",
  credentialsText: "Dieses Gerät meldet sich mit Zugangsdaten an. Wer unter {{endpoint}} antwortet, bekommt sie und kann sie später verwenden. Erzeugen Sie danach neue, wenn Sie nicht sicher sind, wer das ist.",
  sendCredentials: "Zugangsdaten an ungeprüften Server senden",
  failed: "{{name}} wurde nicht verbunden",
};
