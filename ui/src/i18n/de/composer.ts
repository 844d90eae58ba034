import type { composer as en } from "../en/composer";
import type { Translated } from "../translated";

/** Nachrichten senden. */
export const composer: Translated<typeof en> = {
  title: "Senden",
  pane: "Senden als {{name}}",
  topic: "Topic",
  topicLabel: "Topic der Nachricht",
  qos: "QoS",
  qosTwo: "Hubscope sendet mit QoS 0 und 1.",
  retain: "Retain",
  retainHint: "Der Hub behält die Nachricht und gibt sie jedem, der später abonniert.",
  payload: "Payload",
  payloadHelp: "Mit Tab den Editor verlassen.",
  validJson: "Gültiges JSON",
  text: "Text",
  empty: "Leerer Payload",
  notJson: "Kein gültiges JSON",
  notJsonAt: "Kein gültiges JSON, Zeile {{line}}",
  tooLong: "Zu lang zum Prüfen",
  size: "{{size}} von {{limit}}",
  publish: "Senden",
  publishAsText: "Als Text senden",
  offline: "Zum Senden das Gerät verbinden. Der Entwurf bleibt.",
  draftKept: "Der Entwurf bleibt.",
  off: {
    suspended: "Aus, solange das Token gesperrt ist",
    revoked: "Aus: Das Token ist widerrufen",
  },
  tooLarge: "Die Nachricht ist größer als die Paketgrenze von {{limit}}.",
  problem: {
    empty: "Topic eingeben.",
    wildcard: "Ein Topic zum Senden hat kein + und kein #.",
    null: "Ein Topic enthält kein Nullzeichen.",
    too_long: "Ein Topic hat höchstens 65.535 Bytes.",
  },
  result: {
    pending: "Wartet auf die Bestätigung",
    sent: "Gesendet",
    acknowledged: "Bestätigt nach {{time}}",
    refused: "Abgelehnt: {{reason}}",
    unknown: "Die Verbindung endete vor der Antwort",
    failed: "Nicht gesendet. {{sentence}}",
  },
  limitHint: "Payload, gemessen am größten Paket dieser Sitzung.",
};
