import type { ConnectProperties, FieldProblem, MessageProperties, SubscribeOptions } from "@/contract";

/** A message with no property at all. */
export const NO_PROPERTIES: MessageProperties = {
  payload_is_text: null,
  message_expiry: null,
  content_type: null,
  response_topic: null,
  correlation_data: null,
  user_properties: [],
};

export const NO_CONNECT_PROPERTIES: ConnectProperties = {
  session_expiry: null,
  receive_maximum: null,
  topic_alias_maximum: 0,
  use_topic_aliases: false,
  request_problem_information: null,
  request_response_information: false,
  user_properties: [],
};

export const NO_OPTIONS: SubscribeOptions = { no_local: false, retain_as_published: false, retained: "always", identifier: null, user_properties: [] };

/** Whether anything is said. */
export function isUsed<T extends MessageProperties | ConnectProperties | SubscribeOptions>(properties: T, nothing: T): boolean {
  return JSON.stringify(properties) !== JSON.stringify(nothing);
}

/** How many of the properties are set; user properties count one each. */
export function countUsed(properties: MessageProperties): number {
  const { user_properties, ...rest } = properties;
  return Object.values(rest).filter((value) => value !== null).length + user_properties.length;
}

/** Pairs without a name and a value are rows that were added and not filled in. */
export function filledPairs(pairs: readonly [string, string][]): [string, string][] {
  return pairs.filter(([name, value]) => name !== "" || value !== "");
}

/** A message's properties as they are sent: empty texts are none. */
export function filledProperties(properties: MessageProperties): MessageProperties {
  return {
    ...properties,
    content_type: properties.content_type || null,
    response_topic: properties.response_topic || null,
    user_properties: filledPairs(properties.user_properties),
  };
}

/** Numbers that were typed and are none. */
export function notNumbers(path: string, numbers: Record<string, number | null>): FieldProblem[] {
  return Object.entries(numbers)
    .filter(([, value]) => value !== null && Number.isNaN(value))
    .map(([field]) => ({ field: `${path}.${field}`, problem: "out_of_range" }));
}
