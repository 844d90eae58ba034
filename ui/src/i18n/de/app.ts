import type { app as en } from "../en/app";
import type { Translated } from "../translated";

/** Rahmen des Fensters. */
export const app: Translated<typeof en> = {
  name: "Hubscope",
  rail: "Bereiche",
  devices: "Geräte",
  settings: "Optionen",
  content: "Inhalt",
  openDevices: "Offene Geräte",
  closeTab: "{{name}} schließen",
  closeOtherTabs: "Andere Tabs schließen",
  allTabs_one: "{{count}} offenes Gerät",
  allTabs_other: "{{count}} offene Geräte",
  noWindow: "Das Fenster wurde nicht geöffnet",
  messagesOf: "Nachrichten von {{name}}",
  deviceGone: "Dieses Gerät gibt es nicht mehr",
  deviceGoneText: "Es wurde gelöscht. Das Fenster kann geschlossen werden.",
  nothingOpen: "Kein Gerät geöffnet",
  nothingOpenText: "Ein Gerät in der Liste wählen, um seine Nachrichten zu sehen.",
  addHub: "Hub hinzufügen",
  lost: "Verbindung zu Hubscope verloren.",
  lostText: "Alles hier zeigt den Stand von da an. Die Seite versucht es von selbst erneut.",
  connecting: "Hubscope wird erreicht",
  refused: "Hubscope kennt diese Seite nicht mehr",
  refusedText: "Hubscope wurde seitdem neu gestartet. Die Adresse öffnen, die es jetzt ausgibt.",
  noToken: "Dieser Adresse fehlt das Token",
  noTokenText: "Die ganze Adresse öffnen, die hubscope-cli serve ausgibt, mit dem Teil nach #.",
  helloFailed: "Hubscope ist nicht gestartet",
  sidePanel: "Seitenleiste",
  showDevices: "Alle Geräte zeigen",
};
