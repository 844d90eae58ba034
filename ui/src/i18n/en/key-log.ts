/** Texts of the TLS key log. */
export const keyLog = {
  on: "TLS keys are written",
  onText: "Keys of new connections go to {{file}}. Whoever has this file can read a recording of them, passwords included.",
  failed: "The file {{file}} cannot be written any more.",
  start: "Write TLS keys to a file…",
  stop: "Stop writing TLS keys",
  desktopOnly: "Only the desktop app can write TLS keys to a file.",
  notStarted: "TLS keys are not written",
  notStopped: "Writing TLS keys was not stopped",
} as const;
