import type { problems as en } from "../en/problems";
import type { Translated } from "../translated";

/** Was an einem abgelehnten Feld steht. */
export const problems: Translated<typeof en> = {
  required: "Erforderlich.",
  too_long: "Zu lang.",
  not_a_host: "Kein Hostname und keine Adresse.",
  not_a_port: "Ein Port ist eine Zahl von 1 bis 65535.",
  host_has_extra: "Nur der Hostname: kein Schema, Port oder Pfad.",
  not_a_topic: "Kein Topic: kein + oder #, nicht leer.",
  not_a_topic_filter: "Kein Topic-Filter: + füllt eine ganze Ebene, # nur die letzte.",
  out_of_range: "Außerhalb des Bereichs.",
  duplicate: "Bereits vergeben.",
  password_needs_user_name: "MQTT 3.1.1 sendet ein Passwort nur mit Benutzernamen.",
  client_id_needed: "Erforderlich, wenn die Sitzung behalten wird.",
  not_an_id: "Keine ID dieses Hubs: zu lang, oder ein unzulässiges Zeichen.",
  control_character: "Enthält ein Steuerzeichen.",
  qos_not_allowed: "Dieser Hub nimmt diese QoS nicht.",
  not_on_this_hub: "Dieser Hub nimmt diese Art nicht.",
  not_a_key: "Kein Schlüssel: Base64 von 16 bis 64 Bytes.",
  not_a_sas_token: "Kein SAS-Token: Es beginnt mit SharedAccessSignature.",
  certificate_needed: "Ein Zertifikat mit Schlüssel ist nötig.",
  needs_tls: "Ein Zertifikat braucht TLS. Es wird im Formular des Hubs eingeschaltet.",
  not_a_url: "Keine Adresse: https://, oder http:// auf diesem Rechner.",
  name_differs: "Der Name ist ein anderer.",
  too_short: "Zu kurz.",
  common_name_differs: "Der Common Name des Zertifikats muss diese ID sein.",
  not_json: "Kein JSON.",
};
