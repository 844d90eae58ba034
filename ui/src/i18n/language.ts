/** The languages that have a catalogue. */
export const LANGUAGES = ["en", "de"] as const;

export type Language = (typeof LANGUAGES)[number];

/** The first language of the system that there is a catalogue for, else English. */
export function systemLanguage(wanted: readonly string[] = navigator.languages): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split("-")[0] === language);
    if (found !== undefined) return found;
  }
  return "en";
}

/** What is spoken by a choice in the settings. */
export function spokenLanguage(choice: "system" | Language): Language {
  return choice === "system" ? systemLanguage() : choice;
}
