/** Texts of taking back. */
export const undo = {
  nothing: "There is nothing to undo.",
  failed: "That could not be taken back",
  done: {
    hub: "{{name}} is back",
    device: "{{name}} is back",
    folder: "The folder {{name}} is back",
    preset: "The preset {{name}} is back",
    subscription: "The subscription {{name}} is back",
    saved_message: "The saved message {{name}} is back",
    publish_history: "The publish history of {{name}} is back",
    messages: "The messages of {{name}} are back",
    activity: "The activity of {{name}} is back",
    packets: "The packets of {{name}} are back",
    settings: "The settings are as they were",
    import: "The import was taken back: {{name}}",
    trust: "The trust of {{name}} is as it was",
    move: "{{name}} is where it was",
    certificates: "Back: {{name}}",
    certificate_request: "The certificate request {{name}} is back",
    revocation: "No longer revoked: {{name}}",
  },
} as const;
