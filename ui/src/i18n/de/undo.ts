import type { undo as en } from "../en/undo";
import type { Translated } from "../translated";

/** Zurücknehmen. */
export const undo: Translated<typeof en> = {
  nothing: "Es gibt nichts rückgängig zu machen.",
  failed: "Das ließ sich nicht zurücknehmen",
  done: {
    hub: "{{name}} ist wieder da",
    device: "{{name}} ist wieder da",
    folder: "Der Ordner {{name}} ist wieder da",
    preset: "Die Vorlage {{name}} ist wieder da",
    subscription: "Das Abonnement {{name}} ist wieder da",
    saved_message: "Die gespeicherte Nachricht {{name}} ist wieder da",
    publish_history: "Der Sendeverlauf von {{name}} ist wieder da",
    messages: "Die Nachrichten von {{name}} sind wieder da",
    activity: "Die Aktivität von {{name}} ist wieder da",
    packets: "Die Pakete von {{name}} sind wieder da",
    settings: "Die Einstellungen sind wie zuvor",
    import: "Der Import wurde zurückgenommen: {{name}}",
    trust: "Das Vertrauen von {{name}} ist wie zuvor",
    move: "{{name}} ist wieder an seinem Platz",
    certificates: "Wieder da: {{name}}",
    certificate_request: "Die Zertifikatsanforderung {{name}} ist wieder da",
    revocation: "Nicht mehr gesperrt: {{name}}",
  },
};
