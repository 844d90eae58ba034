import type { Problem } from "@/contract";

/** What is said at a field that was refused. */
export const problems = {
  required: "Needed.",
  too_long: "Too long.",
  not_a_host: "Not a host name or address.",
  not_a_port: "A port is a number from 1 to 65535.",
  host_has_extra: "Only the host name: no scheme, port or path.",
  not_a_topic: "Not a topic: no + or #, not empty.",
  not_a_topic_filter: "Not a topic filter: + fills a whole level, # only the last one.",
  out_of_range: "Out of range.",
  duplicate: "Already used.",
  password_needs_user_name: "MQTT 3.1.1 sends a password only with a user name.",
  client_id_needed: "Needed when the session is kept.",
  not_an_id: "Not an ID of this hub: too long, or a character that none has.",
  control_character: "Contains a control character.",
  qos_not_allowed: "This hub does not take this QoS.",
  not_on_this_hub: "This hub does not take this kind.",
  not_a_key: "Not a key: base64 of 16 to 64 bytes.",
  not_a_sas_token: "Not a SAS token: it begins with SharedAccessSignature.",
  certificate_needed: "A certificate with its key is needed.",
  needs_tls: "A certificate needs TLS. It is switched on in the hub's form.",
  not_a_url: "Not an address: https://, or http:// on this computer.",
  name_differs: "The name is another.",
  too_short: "Too short.",
  common_name_differs: "The certificate's common name must be this ID.",
  not_json: "Not JSON.",
} as const satisfies Record<Problem, string>;
