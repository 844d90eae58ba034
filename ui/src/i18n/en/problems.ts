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
  control_character: "Contains a control character.",
  qos_not_allowed: "This hub does not take this QoS.",
} as const satisfies Record<Problem, string>;
