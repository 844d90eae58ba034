/** Texts of the command palette. */
export const palette = {
  field: "Devices, topics, actions",
  name: "Command palette",
  placeholder: "Type a device, hub, topic, action or setting",
  results: "Results",
  nothing: "Nothing matches. Fewer letters find more.",
  help: "Up and Down choose, Enter runs, Esc closes.",
  recent: "recent",
  kinds: { action: "action", device: "device", hub: "hub", topic: "topic", certificate: "certificate", setting: "setting" },
} as const;
