/** Texts about the state of the workspace. */
export const workspace = {
  notices: "Notices",
  newer: "This workspace is from a newer Hubscope",
  newerText: "Its format is {{found}}, this Hubscope knows up to {{known}}. Nothing was changed. Start the newer Hubscope, or move the file away to begin anew.",
  damaged: "The workspace is damaged",
  damagedText: "It was not opened and nothing was changed. Put back a copy of the file, or move it away to begin anew.",
  unusable: "The workspace cannot be opened",
  unusableText: "Hubscope cannot read or write its file. Check that the folder exists and may be written to, then start Hubscope again.",
  folder: "Folder",
  said: "Reason",
  readOnly: "Read-only.",
  readOnlyText: "Another program uses the workspace ({{holder}}). Hubs and devices cannot be changed here.",
} as const;
