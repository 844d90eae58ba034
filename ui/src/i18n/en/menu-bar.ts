/** Texts of the system's menu bar. */
export const menuBar = {
  file: "File",
  edit: "Edit",
  view: "View",
  device: "Device",
  window: "Window",
  help: "Help",
  system: {
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    select_all: "Select all",
    hide: "Hide Hubscope",
    hide_others: "Hide others",
    show_all: "Show all",
    minimize: "Minimize",
    quit: "Quit",
  },
} as const;
